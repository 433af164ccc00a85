package io.github.multiclientauth.adopt;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The certificate authorities whose servers are trusted: Java's, and those that an administrator names. */
record Trust(SSLContext context) {

    /** Only Java's authorities. */
    static final Trust OF_JAVA = ofJava();

    private static Trust ofJava() {
        try {
            return new Trust(SSLContext.getDefault());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("This Java has no TLS", broken);
        }
    }

    /**
     * Java's authorities and those in a PEM file.
     *
     * @throws CertificateException if it contains none
     */
    static Trust alsoIn(Path pem) throws IOException, GeneralSecurityException {
        List<Certificate> trusted = new ArrayList<>();
        try (InputStream in = Files.newInputStream(pem)) {
            trusted.addAll(CertificateFactory.getInstance("X.509").generateCertificates(in));
        }
        if (trusted.isEmpty()) {
            throw new CertificateException("No certificate");
        }
        for (TrustManager each : managers(null).getTrustManagers()) {
            if (each instanceof X509TrustManager manager) {
                trusted.addAll(List.<X509Certificate>of(manager.getAcceptedIssuers()));
            }
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < trusted.size(); i++) {
            store.setCertificateEntry(Integer.toString(i), trusted.get(i));
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers(store).getTrustManagers(), null);
        return new Trust(context);
    }

    /** @param store null for Java's own */
    private static TrustManagerFactory managers(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    /** Whether a request failed because no trusted authority has signed the server's certificate. */
    static boolean isUnknownAuthority(IOException failure) {
        return isCausedBy(failure, CertPathBuilderException.class)
                || isCausedBy(failure, CertPathValidatorException.class)
                        // The time of a certificate is no matter of trust.
                        && !isCausedBy(failure, CertificateExpiredException.class)
                        && !isCausedBy(failure, CertificateNotYetValidException.class);
    }

    static boolean isCausedBy(Throwable failure, Class<? extends Throwable> kind) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(kind::isInstance);
    }

    HttpClient client() {
        return HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .sslContext(context)
                .build();
    }
}
