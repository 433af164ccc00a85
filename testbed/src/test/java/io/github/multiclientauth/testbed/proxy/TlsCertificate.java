package io.github.multiclientauth.testbed.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate for some hosts and one run, in files that a proxy reads. */
public final class TlsCertificate {

    private static final String ALIAS = "proxy";

    private final Path certificateFile;
    private final Path keyFile;
    private final Certificate certificate;

    private TlsCertificate(Path certificateFile, Path keyFile, Certificate certificate) {
        this.certificateFile = certificateFile;
        this.keyFile = keyFile;
        this.certificate = certificate;
    }

    /** Makes it with the JDK's {@code keytool}, because Java has no public API that signs certificates. */
    public static TlsCertificate create(Path directory, List<String> hosts)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = directory.resolve("proxy.p12");
        Files.deleteIfExists(store);
        String password = UUID.randomUUID().toString();
        ProcessBuilder keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=Multi-Client Auth testbed (one run only)",
                        "-ext",
                        "san=" + hosts.stream().map(host -> "dns:" + host).collect(Collectors.joining(",")),
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass:env",
                        "STORE_PASSWORD")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .directory(directory.toFile());
        // In the environment, because every user of the machine can read the arguments of a process.
        keytool.environment().put("STORE_PASSWORD", password);
        if (keytool.start().waitFor() != 0) {
            throw new IOException("keytool failed: " + Files.readString(directory.resolve("keytool.log")));
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(store)) {
            keys.load(content, password.toCharArray());
        }
        Certificate certificate = keys.getCertificate(ALIAS);
        Path certificateFile = write(directory.resolve("proxy.crt"), "CERTIFICATE", certificate.getEncoded());
        Path keyFile = write(
                directory.resolve("proxy.key"),
                "PRIVATE KEY",
                keys.getKey(ALIAS, password.toCharArray()).getEncoded());
        return new TlsCertificate(certificateFile, keyFile, certificate);
    }

    private static Path write(Path file, String label, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return Files.writeString(file, "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
    }

    public Path certificateFile() {
        return certificateFile;
    }

    public Path keyFile() {
        return keyFile;
    }

    /** The value for Chromium's {@code --ignore-certificate-errors-spki-list}. */
    public String publicKeyPin() throws GeneralSecurityException {
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256")
                        .digest(certificate.getPublicKey().getEncoded()));
    }

    /** The TLS settings of a client that trusts only this certificate. */
    public SSLContext sslContext() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
