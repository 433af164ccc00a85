package io.github.multiclientauth.testbed.provider.internet;

import io.github.multiclientauth.testbed.process.StartFailedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A certificate authority for one run, and its one certificate for all the hosts.
 *
 * <p>They are made with the JDK's {@code keytool}, because Java has no public API that signs certificates, and a library for two
 * certificates would be one more to keep up to date. The authority's private key is discarded after it has signed that one certificate,
 * so trusting the authority after the run is not dangerous.
 */
public final class Certificates {

    private static final String AUTHORITY = "authority";
    private static final String LEAF = "hosts";
    private static final String VALID_DAYS = "30";
    private static final long LIMIT_SECONDS = 60;

    /** The variable for the password. It is not an argument, because every user of the machine can read those. */
    private static final String PASSWORD_VARIABLE = "TESTBED_KEY_STORE_PASSWORD";

    private final Path authorityFile;
    private final byte[] keyStore;
    private final String password;
    private final String publicKeyPin;

    private Certificates(Path authorityFile, byte[] keyStore, String password, String publicKeyPin) {
        this.authorityFile = authorityFile;
        this.publicKeyPin = publicKeyPin;
        this.keyStore = keyStore;
        this.password = password;
    }

    /** Writes the authority's certificate into {@code directory}; the private key for {@code hosts} is in no file. */
    public static Certificates create(Path directory, Collection<String> hosts)
            throws IOException, InterruptedException {
        Path working = Files.createTempDirectory(Files.createDirectories(directory), "certificates");
        Path file = working.resolve("keys.p12");
        String password = randomPassword();
        try {
            keytool(
                    file,
                    password,
                    List.of(
                            "-alias", AUTHORITY,
                            "-dname", "CN=Multi-Client Auth testbed (one run only)",
                            "-ext", "bc:critical=ca:true,pathlen:0",
                            "-ext", "ku:critical=keyCertSign"));
            String names = hosts.stream().sorted().map(host -> "dns:" + host).collect(Collectors.joining(","));
            keytool(
                    file,
                    password,
                    List.of(
                            "-alias",
                            LEAF,
                            "-signer",
                            AUTHORITY,
                            "-dname",
                            "CN=Stand-in identity providers",
                            "-ext",
                            "san=" + names,
                            "-ext",
                            "ku:critical=digitalSignature",
                            "-ext",
                            "eku=serverAuth"));
            return read(directory.resolve("stand-in-authority.pem"), Files.readAllBytes(file), password);
        } catch (GeneralSecurityException broken) {
            throw new IOException("The key store of keytool cannot be read", broken);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(working);
        }
    }

    private static Certificates read(Path authorityFile, byte[] made, String password)
            throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(new ByteArrayInputStream(made), password.toCharArray());
        Files.writeString(authorityFile, pem(keys.getCertificate(AUTHORITY)));
        keys.deleteEntry(AUTHORITY);
        ByteArrayOutputStream leafOnly = new ByteArrayOutputStream();
        keys.store(leafOnly, password.toCharArray());
        byte[] publicKey = keys.getCertificate(LEAF).getPublicKey().getEncoded();
        String pin = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(publicKey));
        return new Certificates(authorityFile, leafOnly.toByteArray(), password, pin);
    }

    private static void keytool(Path file, String password, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", VALID_DAYS));
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", file.toString()));
        command.addAll(List.of("-storepass:env", PASSWORD_VARIABLE));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(PASSWORD_VARIABLE, password);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new StartFailedException("keytool could not make a certificate: " + output.strip());
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static String randomPassword() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String pem(Certificate certificate) throws GeneralSecurityException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    /** The authority's certificate, for clients that must trust it. */
    public Path authorityFile() {
        return authorityFile;
    }

    /**
     * The pin by which a Chromium accepts the certificate without knowing the authority: SHA-256 of the hosts' public key, in base64.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7469#section-2.4">RFC 7469, section 2.4</a>
     */
    String publicKeyPin() {
        return publicKeyPin;
    }

    /** The hosts' private key and chain, as PKCS 12. */
    public byte[] keyStore() {
        return keyStore.clone();
    }

    /** The password of the key store. */
    public String password() {
        return password;
    }
}
