package io.github.multiclientauth.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignaturesTest {

    @TempDir
    private Path work;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream screen = new PrintStream(printed, true, StandardCharsets.UTF_8);
    private Path signed;

    @BeforeEach
    void file() throws IOException {
        signed =
                Files.writeString(Files.createDirectory(work.resolve("release")).resolve("a.jar"), "content");
    }

    @Test
    void without_keys_it_says_that_nothing_is_signed() throws Exception {
        Signatures.of(Map.of(), Map.of()).sign(List.of(signed), screen);

        assertThat(printed.toString(StandardCharsets.UTF_8)).startsWith("NOTHING IS SIGNED");
        assertThat(signed.getParent()).isDirectoryContaining(file -> file.equals(signed));
        assertThat(signed.getParent().toFile().list()).hasSize(1);
    }

    /** What cosign does: decode the base64, and verify ASN.1 ECDSA over SHA-256 with the public key in PEM. */
    @Test
    void a_signature_as_cosign_has_it_is_verified_by_the_jdk() throws Exception {
        sign(key("P-256"));

        assertThat(verified("content")).isTrue();
        assertThat(verified("contents")).as("another content").isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("no signatures of GPG");
    }

    @Test
    void a_signature_as_cosign_has_it_is_verified_by_openssl() throws Exception {
        sign(key("P-256"));
        Path raw = Files.write(work.resolve("raw"), signature());
        Path publicKey = signed.resolveSibling("cosign.pub");
        List<String> verify =
                List.of("openssl", "dgst", "-sha256", "-verify", publicKey.toString(), "-signature", raw.toString());

        assertThat(Program.run(work, "content", verify)).isEqualTo("Verified OK\n");
        assertThatThrownBy(() -> Program.run(work, "contents", verify)).hasMessageContaining("Verification failure");
    }

    @Test
    void another_kind_of_key_is_refused_with_the_command_that_makes_one() throws Exception {
        Path other = key("P-384");
        Path text = Files.writeString(
                work.resolve("text"), "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");

        for (Path file : List.of(other, text)) {
            assertThatThrownBy(() -> sign(file))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(file + " is not a P-256 key")
                    .hasMessageContaining("openssl genpkey");
        }
    }

    @Test
    void gpg_verifies_its_signature() throws Exception {
        Tools.require("gpg");
        // Sockets of GPG's agent need a short path.
        Path home = Files.createTempDirectory(Path.of("/tmp"), "gpg");
        try {
            List<String> gpg = List.of("env", "GNUPGHOME=" + home, "gpg", "--batch", "--pinentry-mode", "loopback");
            String key = "Release Test <release@example.com>";
            Program.run(
                    work,
                    "",
                    with(gpg, "--passphrase", "secret phrase", "--quick-generate-key", key, "ed25519", "sign"));
            new Signatures(Optional.of(key), Optional.of("secret phrase"), Optional.empty(), Optional.of(home))
                    .sign(List.of(signed), screen);

            Program.run(work, "", with(gpg, "--verify", signed + ".asc", signed.toString()));
            Files.writeString(signed, "contents");
            assertThatThrownBy(() -> Program.run(work, "", with(gpg, "--verify", signed + ".asc", signed.toString())))
                    .hasMessageContaining("BAD signature");
        } finally {
            Program.run(work, "", List.of("env", "GNUPGHOME=" + home, "gpgconf", "--kill", "all"));
            Program.run(work, "", List.of("rm", "-rf", home.toString()));
        }
    }

    @Test
    void a_key_that_gpg_does_not_have_fails_the_release() {
        Tools.require("gpg");
        Signatures signatures = Signatures.of(
                Map.of("release.gpg.key", "nobody@example.invalid"), Map.of("RELEASE_GPG_PASSPHRASE", "secret phrase"));

        assertThatThrownBy(() -> signatures.sign(List.of(signed), screen))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nobody@example.invalid")
                .hasMessageNotContaining("secret phrase");
        assertThat(signatures.toString()).doesNotContain("secret phrase");
    }

    private static List<String> with(List<String> command, String... more) {
        return Stream.concat(command.stream(), Stream.of(more)).toList();
    }

    private void sign(Path key) throws IOException, InterruptedException {
        Signatures.of(Map.of("release.cosign.key", key.toString()), Map.of()).sign(List.of(signed), screen);
    }

    /** Made by the command that the documentation names. */
    private Path key(String curve) throws IOException, InterruptedException {
        Tools.require("openssl");
        Path key = work.resolve(curve + ".pem");
        Program.run(
                work,
                "",
                List.of(
                        "openssl",
                        "genpkey",
                        "-algorithm",
                        "EC",
                        "-pkeyopt",
                        "ec_paramgen_curve:" + curve,
                        "-out",
                        key.toString()));
        return key;
    }

    private byte[] signature() throws IOException {
        return Base64.getDecoder()
                .decode(Files.readString(signed.resolveSibling("a.jar.sig")).strip());
    }

    private boolean verified(String content) throws Exception {
        String pem = Files.readString(signed.resolveSibling("cosign.pub")).replaceAll("-----[A-Z ]+-----", "");
        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(KeyFactory.getInstance("EC")
                .generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(pem))));
        verifier.update(content.getBytes(StandardCharsets.UTF_8));
        return verifier.verify(signature());
    }
}
