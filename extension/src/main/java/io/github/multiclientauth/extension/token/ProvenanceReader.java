package io.github.multiclientauth.extension.token;

import static java.util.stream.Collectors.toUnmodifiableSet;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.extension.application.ClientProviders;
import io.github.multiclientauth.extension.application.ProviderNote;
import io.github.multiclientauth.extension.decision.GrantType;
import io.github.multiclientauth.extension.provider.OwnLogin;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionModel.SessionPersistenceState;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * Reads which providers have confirmed who the person is for whom a token is issued. All of them must be allowed. Where it
 * cannot be found out, the token is allowed only if there is no rule.
 */
final class ProvenanceReader {

    /** A name that no alias can have, and that no rule allows. */
    static final String UNKNOWN = "a way that the rules do not know";

    /** The parameter of RFC 7521, section 4.1, for which Keycloak 26.0 has no name. */
    private static final String ASSERTION = "assertion";

    private static final String ISSUER_CLAIM = "iss";
    private static final String ISSUER = "issuer";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KeycloakSession session;
    private final UserSessionModel userSession;
    private final ClientSessionContext context;
    private final AuthenticatedClientSessionModel clientSession;
    private final ClientProviders providers;

    private ProvenanceReader(KeycloakSession session, UserSessionModel userSession, ClientSessionContext context) {
        this.session = session;
        this.userSession = userSession;
        this.context = context;
        this.clientSession = context.getClientSession();
        this.providers = new ClientProviders(session, clientSession.getClient());
    }

    /**
     * Returns their names in rules.
     *
     * @return empty if no person has signed in: it is a service account, or an example in the admin console
     */
    static Set<String> read(KeycloakSession session, UserSessionModel userSession, ClientSessionContext context) {
        return new ProvenanceReader(session, userSession, context).providers();
    }

    /** The provider of this client's own sign-in comes first: the session may have been renewed at another client. */
    private Set<String> providers() {
        return ProviderNote.read(clientSession)
                .or(() -> providers.identityProvider(userSession))
                .map(Set::of)
                .orElseGet(this::withoutAProvider);
    }

    private Set<String> withoutAProvider() {
        if (userSession.getNote(AuthenticationManager.AUTH_TIME) != null) {
            return Set.of(OwnLogin.NAME);
        }
        MultivaluedMap<String, String> form =
                session.getContext().getHttpRequest().getDecodedFormParameters();
        String grant = grant(form);
        if (grant == null || userSession.getUser().getServiceAccountClientLink() != null) {
            return Set.of();
        }
        return GrantType.of(grant)
                .map(known -> switch (known.basis()) {
                    case SESSION -> Set.of(isKept() ? OwnLogin.NAME : UNKNOWN);
                    case OWN_LOGIN -> Set.of(OwnLogin.NAME);
                    case ASSERTION -> issuers(form.getFirst(ASSERTION));
                })
                .orElse(Set.of(UNKNOWN));
    }

    /** The grant of the request. A question about a session has no form: it says in the context what it stands for. */
    private String grant(MultivaluedMap<String, String> form) {
        return Optional.ofNullable(form.getFirst(OAuth2Constants.GRANT_TYPE))
                .orElseGet(() -> context.getAttribute(OAuth2Constants.GRANT_TYPE, String.class));
    }

    /** Whether Keycloak keeps the session. One that it creates for a single token may have any origin. */
    private boolean isKept() {
        return userSession.getPersistenceState() != SessionPersistenceState.TRANSIENT;
    }

    /**
     * Every provider with the issuer of the assertion. Keycloak has checked the signature with the keys of one of them.
     */
    // Keycloak 26.0 has no other way to get them all, 26.7 has deprecated this one.
    @SuppressWarnings("deprecation")
    private Set<String> issuers(String assertion) {
        Set<String> names = issuer(assertion).stream()
                .flatMap(issuer -> session.identityProviders()
                        .getAllStream()
                        .filter(provider -> isIssuer(provider, issuer))
                        .map(IdentityProviderModel::getAlias)
                        .map(providers::nameOf))
                .collect(toUnmodifiableSet());
        return names.isEmpty() ? Set.of(UNKNOWN) : names;
    }

    /** The issuer in the token, whose signature Keycloak has checked. */
    private static Optional<String> issuer(String assertion) {
        String[] parts = Objects.requireNonNullElse(assertion, "").split("\\.");
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
            return Optional.ofNullable(JSON.readTree(claims).path(ISSUER_CLAIM).textValue())
                    .filter(issuer -> !issuer.isBlank());
        } catch (IOException | IllegalArgumentException noToken) {
            return Optional.empty();
        }
    }

    private static boolean isIssuer(IdentityProviderModel provider, String issuer) {
        return Arrays.stream(provider.getConfig().getOrDefault(ISSUER, "").split(","))
                .map(String::strip)
                .anyMatch(issuer::equals);
    }
}
