package io.github.multiclientauth.facade.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * The certificates that the facade shows to Keycloak, or to the proxy before it, if that asks for one: those of the
 * facade's own keys. One is shown only if the server names it among those that it trusts, or names none. A server that
 * does not know it therefore behaves as if there were none.
 */
final class ClientCertificates extends X509ExtendedKeyManager {

    private final ClientKeys keys;
    private volatile Known known = new Known(List.of(), null);

    private record Known(List<JWK> of, X509ExtendedKeyManager manager) {}

    ClientCertificates(ClientKeys keys) {
        this.keys = keys;
    }

    /** The JDK's own choice among the current keys. The file of the keys may have changed since the last connection. */
    private X509ExtendedKeyManager current() {
        List<JWK> now = keys.withCertificate();
        Known last = known;
        if (last.manager() == null || !last.of().equals(now)) {
            last = new Known(now, manager(now));
            known = last;
        }
        return last.manager();
    }

    private static X509ExtendedKeyManager manager(List<JWK> keys) {
        char[] password = new char[0];
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (JWK key : keys) {
                store.setKeyEntry(
                        key.getKeyID(),
                        ((AsymmetricJWK) key).toPrivateKey(),
                        password,
                        key.getParsedX509CertChain().toArray(X509Certificate[]::new));
            }
            KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
            factory.init(store, password);
            for (KeyManager manager : factory.getKeyManagers()) {
                if (manager instanceof X509ExtendedKeyManager usual) {
                    return usual;
                }
            }
            throw new IllegalStateException("Every JDK has such a key manager");
        } catch (JOSEException | GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The keys were usable when they were read", e);
        }
    }

    @Override
    public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        return current().chooseEngineClientAlias(keyTypes, issuers, engine);
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return current().chooseClientAlias(keyTypes, issuers, socket);
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return current().getClientAliases(keyType, issuers);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return current().getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return current().getPrivateKey(alias);
    }

    /** The facade is never the server of these connections. */
    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return null;
    }
}
