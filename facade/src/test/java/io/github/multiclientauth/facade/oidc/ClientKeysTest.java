package io.github.multiclientauth.facade.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import io.github.multiclientauth.facade.client.ClientAuthentication;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.fake.MovableClock;
import io.github.multiclientauth.facade.oidc.ClientKeys.UnusableKeysException;
import io.github.multiclientauth.facade.seal.FileAccess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientKeysTest {

    private static final URI ISSUER = URI.create("https://id.example.com/realms/test");
    private static final Duration PUBLISH_FIRST = Duration.ofMinutes(5);

    private final MovableClock clock = new MovableClock();
    private final List<String> told = new ArrayList<>();

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void choose_a_file() {
        file = directory.resolve("keys.json");
    }

    @Test
    void are_made_at_the_first_start_and_kept() throws Exception {
        String first = keys().published();

        assertThat(keys().published()).isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void are_published_without_their_private_part() throws ParseException, IOException {
        String published = keys().published();

        JWK key = JWKSet.parse(published).getKeys().get(0);
        assertThat(key.isPrivate()).isFalse();
        assertThat(key.getKeyUse().identifier()).isEqualTo("sig");
        String secret = JWKSet.parse(Files.readString(file))
                .getKeys()
                .get(0)
                .toECKey()
                .getD()
                .toString();
        assertThat(published).doesNotContain(secret).doesNotContain("\"d\"");
    }

    /** Keycloak must be able to read a key before it receives a signature by it. */
    @Test
    void sign_only_after_they_have_been_published_for_a_while() {
        ClientKeys keys = keys();
        JWK old = keys.signing();
        clock.advance(Duration.ofHours(1));

        rotate();
        assertThat(published(keys)).hasSize(2).contains(old.getKeyID());
        assertThat(keys.signing().getKeyID()).isEqualTo(old.getKeyID());

        clock.advance(PUBLISH_FIRST.minusSeconds(1));
        assertThat(keys.signing().getKeyID()).isEqualTo(old.getKeyID());
        clock.advance(Duration.ofSeconds(2));
        assertThat(keys.signing().getKeyID()).isNotEqualTo(old.getKeyID());
        assertThat(published(keys)).as("for assertions that are on their way").contains(old.getKeyID());
    }

    /** Keycloak's profiles of FAPI 2.0 set PS256 where no algorithm was chosen, and new keys are for ES256. */
    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES384", "ES512", "PS256", "PS512", "RS256"})
    void sign_with_the_algorithm_that_a_client_demands(String algorithm) throws Exception {
        ClientKeys keys = keys();
        String usual = keys.signing().getKeyID();

        SignedJWT assertion = assertion(keys, Optional.of(algorithm));

        assertThat(assertion.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.parse(algorithm));
        assertThat(published(keys)).contains(usual, assertion.getHeader().getKeyID());
        assertThat(assertion(keys, Optional.of(algorithm)).getHeader().getKeyID())
                .as("made once")
                .isEqualTo(assertion.getHeader().getKeyID());
        clock.advance(Duration.ofHours(1));
        assertThat(keys.signing().getKeyID()).as("for all others").isEqualTo(usual);
        assertThat(keys().signing(JWSAlgorithm.parse(algorithm)).getKeyID())
                .as("kept")
                .isEqualTo(assertion.getHeader().getKeyID());
        assertThat(told).isEmpty();
    }

    /** RFC 8705, section 2.2. */
    @Test
    void have_a_certificate_that_they_have_signed() throws Exception {
        ClientKeys keys = keys();

        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(keys.certificates().get(0).getBytes(StandardCharsets.US_ASCII)));

        certificate.verify(certificate.getPublicKey());
        certificate.checkValidity();
        assertThat(certificate.getPublicKey())
                .isEqualTo(keys.signing().toECKey().toPublicKey());
        assertThat(certificate.getSubjectX500Principal().getName())
                .isEqualTo("CN=Multi-Client Auth " + keys.signing().getKeyID());
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getKeyUsage()).startsWith(true, false);
        assertThat(certificate.getBasicConstraints()).as("no authority").isEqualTo(-1);
        assertThat(keys().certificates()).as("the same after a restart").isEqualTo(keys.certificates());
    }

    @Test
    void leave_the_file_a_day_after_they_were_replaced() {
        ClientKeys keys = keys();
        String first = keys.signing().getKeyID();
        clock.advance(Duration.ofDays(30));
        rotate();
        clock.advance(Duration.ofHours(23));
        rotate();
        assertThat(published(keys)).hasSize(3).contains(first);
        clock.advance(Duration.ofHours(2));
        rotate();

        assertThat(published(keys)).hasSize(3).doesNotContain(first);
    }

    @Test
    void stay_as_they_were_while_the_file_is_broken() throws IOException {
        ClientKeys keys = keys();
        String before = keys.published();
        Files.writeString(file, "{");
        touch();

        assertThat(keys.published()).isEqualTo(before);
        Files.delete(file);
        assertThat(keys.published()).isEqualTo(before);
        assertThat(told)
                .as("once")
                .singleElement()
                .asString()
                .contains(file.toString())
                .contains("no JWK Set");
    }

    @Test
    void are_not_read_from_a_file_that_others_may_read() throws IOException {
        keys();
        mode("rw-r-----");

        assertThatThrownBy(this::keys)
                .isInstanceOf(UnusableKeysException.class)
                .hasMessageStartingWith("mca.client-key.file: " + file + " is open to other users (mode 640)");
        assertThatThrownBy(this::rotate).isInstanceOf(UnusableKeysException.class);
    }

    @Test
    void stay_as_they_were_when_others_may_read_new_ones() throws IOException {
        ClientKeys keys = keys();
        String before = keys.published();
        clock.advance(Duration.ofHours(1));
        rotate();
        mode("rw-r--r--");

        assertThat(keys.published()).isEqualTo(before);
        assertThat(keys.published()).isEqualTo(before);
        assertThat(told).singleElement().asString().contains("mode 644");

        mode("rw-------");
        assertThat(published(keys)).hasSize(2);
    }

    @Test
    void are_refused_as_soon_as_others_may_read_the_file() throws IOException {
        ClientKeys keys = keys();
        String published = keys.published();
        mode("rw-r--r--");

        assertThat(keys.published()).isEqualTo(published);
        keys.signing();
        assertThat(told).singleElement().asString().contains("open to other users");

        mode("rw-------");
        keys.signing();
        mode("rw-rw----");
        keys.signing();
        assertThat(told).hasSize(2);
    }

    @Test
    void may_be_given_and_sign_at_once() throws Exception {
        JWK rsa = new RSAKeyGenerator(2048).generate();
        write(new JWKSet(rsa).toString(false));

        SignedJWT assertion = assertion(keys());

        assertThat(assertion.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.PS256);
        assertThat(assertion.getHeader().getKeyID())
                .isEqualTo(rsa.computeThumbprint().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"canary-secret\"}]}"})
    void are_no_such_text(String text) throws IOException {
        write(text);

        assertThatThrownBy(this::keys)
                .isInstanceOf(UnusableKeysException.class)
                .hasMessageStartingWith("mca.client-key.file: " + file)
                .hasMessageNotContaining("canary");
    }

    @Test
    void are_asymmetric_private_and_long_enough() throws Exception {
        List<JWK> unusable = List.of(
                new ECKeyGenerator(Curve.P_256).generate().toPublicJWK(),
                new OctetSequenceKeyGenerator(256).generate());
        for (JWK key : unusable) {
            write(new JWKSet(key).toString(false));
            assertThatThrownBy(this::keys).isInstanceOf(UnusableKeysException.class);
        }
    }

    @Test
    void cannot_be_where_nobody_may_write() {
        file = directory.resolve("nowhere").resolve("keys.json");

        assertThatThrownBy(this::keys)
                .isInstanceOf(UnusableKeysException.class)
                .hasMessageContaining("is its folder there and writable?");
    }

    /** RFC 7523, section 3, and the further demands of Keycloak 26.7. */
    @Test
    void sign_a_new_assertion_for_each_request() throws Exception {
        ClientKeys keys = keys();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            SignedJWT assertion = assertion(keys);
            JWTClaimsSet claims = assertion.getJWTClaimsSet();
            assertThat(assertion.verify(
                            new ECDSAVerifier(keys.signing().toECKey().toPublicJWK())))
                    .isTrue();
            assertThat(assertion.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
            assertThat(claims.getIssuer()).isEqualTo("portfolio");
            assertThat(claims.getSubject()).isEqualTo("portfolio");
            assertThat(claims.getAudience()).containsExactly(ISSUER.toString());
            Instant issued = claims.getIssueTime().toInstant();
            assertThat(Duration.between(issued, claims.getExpirationTime().toInstant()))
                    .isEqualTo(Duration.ofMinutes(1));
            ids.add(claims.getJWTID());
        }
        assertThat(ids).hasSize(3);
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text);
        mode("rw-------");
    }

    private void mode(String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void are_described_by_what_they_are_for() throws ParseException {
        ClientKeys keys = keys();
        String first = keys.descriptions().get(0).id();
        Instant began = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        assertThat(keys.descriptions().get(0).use()).isEqualTo(ClientKeys.Use.SIGNING);
        assertThat(keys.descriptions().get(0).type()).isEqualTo("EC P-256");
        assertThat(keys.descriptions().get(0).issuedAt()).contains(began);
        assertThat(keys.descriptions().get(0).certifiedUntil().orElseThrow()).isAfter(clock.instant());
        clock.advance(PUBLISH_FIRST.multipliedBy(2));
        rotate();

        assertThat(keys.descriptions().stream().map(ClientKeys.Description::use))
                .containsExactly(ClientKeys.Use.ANNOUNCED, ClientKeys.Use.SIGNING);
        assertThat(keys.descriptions().get(1).id()).isEqualTo(first);

        clock.advance(PUBLISH_FIRST);
        assertThat(keys.descriptions().stream().map(ClientKeys.Description::use))
                .containsExactly(ClientKeys.Use.SIGNING, ClientKeys.Use.PUBLISHED);
        assertThat(keys.descriptions().toString()).doesNotContain(secretPart());
    }

    private String secretPart() throws ParseException {
        try {
            return JWKSet.parse(Files.readString(file))
                    .getKeys()
                    .get(0)
                    .toECKey()
                    .getD()
                    .toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private ClientKeys keys() {
        return ClientKeys.inFile(file, PUBLISH_FIRST, FileAccess.OWNER_ALONE, told::add, clock);
    }

    /** The command does this in another process. */
    private void rotate() {
        ClientKeys.inFile(file, Duration.ZERO, FileAccess.OWNER_ALONE, told::add, clock)
                .rotate();
        touch();
    }

    /** File systems have coarse time stamps, and tests are fast. */
    private void touch() {
        try {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant().plusNanos(file.hashCode() & 0xffff)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> published(ClientKeys keys) {
        try {
            List<String> ids = new ArrayList<>();
            JWKSet.parse(keys.published()).getKeys().forEach(key -> ids.add(key.getKeyID()));
            return ids;
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private SignedJWT assertion(ClientKeys keys) {
        return assertion(keys, Optional.empty());
    }

    private SignedJWT assertion(ClientKeys keys, Optional<String> algorithm) {
        var proof = new Credentials(ISSUER, Optional.of(keys), clock)
                .of(new ClientId("portfolio"), new ClientAuthentication.PrivateKeyJwt(algorithm))
                .orElseThrow();
        return ((PrivateKeyJWT) proof).getClientAssertion();
    }
}
