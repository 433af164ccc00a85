package io.github.multiclientauth.extension.doctor;

/** The attributes of a client that the doctor reads. No attribute that may hold a secret is among them. */
public enum ClientAttribute {
    ISSUER_EXCLUDED("exclude.issuer.from.auth.response"),
    ID_TOKEN_ENCRYPTED("id.token.encrypted.response.alg"),
    PKCE("pkce.code.challenge.method"),
    CERTIFICATE_BOUND("tls.client.certificate.bound.access.tokens"),
    REQUEST_OBJECT("request.object.required"),
    SECRET_METHOD("client.secret.authentication.allowed.method");

    private final String key;

    ClientAttribute(String key) {
        this.key = key;
    }

    /** Keycloak's name for it. */
    public String key() {
        return key;
    }
}
