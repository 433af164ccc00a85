package io.github.multiclientauth.extension.decision;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The grant types that Keycloak 26.0 to 26.7 have at the token endpoint. A test reads them from each version, so that
 * no new one gets past the rules.
 */
public enum GrantType {
    AUTHORIZATION_CODE("authorization_code", Basis.SESSION),
    REFRESH_TOKEN("refresh_token", Basis.SESSION),
    DEVICE_CODE("urn:ietf:params:oauth:grant-type:device_code", Basis.SESSION),
    /** The person confirms on a device of theirs, which is no identity provider. */
    CIBA("urn:openid:params:grant-type:ciba", Basis.SESSION),
    TOKEN_EXCHANGE("urn:ietf:params:oauth:grant-type:token-exchange", Basis.SESSION),
    UMA_TICKET("urn:ietf:params:oauth:grant-type:uma-ticket", Basis.SESSION),
    PRE_AUTHORIZED_CODE("urn:ietf:params:oauth:grant-type:pre-authorized_code", Basis.SESSION),
    PASSWORD("password", Basis.OWN_LOGIN),
    /** The user is the client's service account, not a person. */
    CLIENT_CREDENTIALS("client_credentials", Basis.SESSION),
    JWT_BEARER("urn:ietf:params:oauth:grant-type:jwt-bearer", Basis.ASSERTION);

    /** What says with which provider the person has signed in. */
    public enum Basis {
        /** The session that the grant continues. */
        SESSION,
        /** Nothing: user name and password are Keycloak's own. */
        OWN_LOGIN,
        /** The assertion in the request, which an identity provider has signed. */
        ASSERTION
    }

    private final String id;
    private final Basis basis;

    GrantType(String id, Basis basis) {
        this.id = id;
        this.basis = basis;
    }

    /** @return empty if this version of the extension does not know it */
    public static Optional<GrantType> of(String id) {
        return Stream.of(values()).filter(grant -> grant.id.equals(id)).findFirst();
    }

    /** The value of {@code grant_type}. */
    public String id() {
        return id;
    }

    public Basis basis() {
        return basis;
    }
}
