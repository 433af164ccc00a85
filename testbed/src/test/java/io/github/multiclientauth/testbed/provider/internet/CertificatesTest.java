package io.github.multiclientauth.testbed.provider.internet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.multiclientauth.testbed.process.StartFailedException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {

    @TempDir
    private Path directory;

    @Test
    void one_certificate_is_made_for_all_hosts_and_the_authority_cannot_sign_another() throws Exception {
        Certificates certificates = Certificates.create(directory, Set.of("one.example", "two.example"));

        X509Certificate authority = authority(certificates);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(
                new ByteArrayInputStream(certificates.keyStore()),
                certificates.password().toCharArray());
        List<String> aliases = Collections.list(keys.aliases());
        assertThat(aliases).as("the authority's key is gone").hasSize(1);
        X509Certificate hosts = (X509Certificate) keys.getCertificate(aliases.get(0));
        hosts.verify(authority.getPublicKey());
        assertThat(hosts.getSubjectAlternativeNames().stream()
                        .map(name -> name.get(1).toString()))
                .containsExactlyInAnyOrder("one.example", "two.example");
        assertThat(hosts.getBasicConstraints()).as("no authority itself").isEqualTo(-1);
        assertThat(authority.getBasicConstraints()).as("nor may it make one").isZero();
        assertThat(keys.getCertificateChain(aliases.get(0))).contains(authority);
        assertThat(Base64.getDecoder().decode(certificates.publicKeyPin()))
                .isEqualTo(MessageDigest.getInstance("SHA-256")
                        .digest(hosts.getPublicKey().getEncoded()));
    }

    @Test
    void only_the_authoritys_certificate_is_in_a_file() throws Exception {
        Certificates certificates = Certificates.create(directory, Set.of("one.example"));

        try (var files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)).containsExactly(certificates.authorityFile());
        }
        assertThat(Files.readString(certificates.authorityFile()))
                .startsWith("-----BEGIN CERTIFICATE-----\n")
                .doesNotContain("PRIVATE");
    }

    @Test
    void each_run_has_its_own() throws Exception {
        X509Certificate first = authority(Certificates.create(directory, Set.of("one.example")));

        assertThat(authority(Certificates.create(directory, Set.of("one.example")))
                        .getPublicKey())
                .isNotEqualTo(first.getPublicKey());
    }

    @Test
    void an_error_of_keytool_is_reported_and_leaves_no_file() throws Exception {
        assertThatExceptionOfType(StartFailedException.class)
                .isThrownBy(() -> Certificates.create(directory, Set.of("no host name")))
                .withMessageStartingWith("keytool could not make a certificate");

        assertThat(directory).isEmptyDirectory();
    }

    private static X509Certificate authority(Certificates certificates) throws Exception {
        try (InputStream pem = Files.newInputStream(certificates.authorityFile())) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
    }
}
