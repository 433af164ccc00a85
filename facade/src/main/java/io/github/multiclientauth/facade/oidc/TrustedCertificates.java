package io.github.multiclientauth.facade.oidc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The certificate authorities that are trusted for Keycloak's certificate: those of the JDK, and those in a file of the
 * operator.
 *
 * <p>Many companies have an authority of their own for internal servers, as a PEM file. The JDK's own setting ({@code
 * javax.net.ssl.trustStore}) takes a key store and replaces all other authorities.
 */
public final class TrustedCertificates {

    private final TrustManager[] managers;

    private TrustedCertificates(TrustManager... managers) {
        this.managers = managers;
    }

    /**
     * @param file certificates of authorities in PEM
     * @throws IllegalArgumentException if the file cannot be read or contains none
     */
    public static TrustedCertificates read(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            return of(CertificateFactory.getInstance("X.509").generateCertificates(pem), file);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "mca.keycloak.trusted-certificates: " + file + " cannot be read", unreadable);
        } catch (GeneralSecurityException broken) {
            throw new IllegalArgumentException(
                    "mca.keycloak.trusted-certificates: " + file + " holds no certificates in PEM", broken);
        }
    }

    private static TrustedCertificates of(Collection<? extends Certificate> authorities, Path file)
            throws IOException, GeneralSecurityException {
        if (authorities.isEmpty()) {
            throw new IllegalArgumentException(
                    "mca.keycloak.trusted-certificates: " + file + " holds no certificates in PEM");
        }
        KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
        all.load(null, null);
        int number = 0;
        for (Certificate authority : authorities) {
            all.setCertificateEntry("own-" + number++, authority);
        }
        for (TrustManager manager : trusting(null)) {
            if (manager instanceof X509TrustManager usual) {
                for (Certificate authority : usual.getAcceptedIssuers()) {
                    all.setCertificateEntry("usual-" + number++, authority);
                }
            }
        }
        return new TrustedCertificates(trusting(all));
    }

    /** @param store null for the JDK's own */
    private static TrustManager[] trusting(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    TrustManager[] managers() {
        return managers.clone();
    }
}
