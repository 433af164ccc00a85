package io.github.multiclientauth.extension.doctor;

import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Compares the settings of a client with the requests that the facade sends. Each of these settings stops all sign-ins
 * of the client by itself: Keycloak refuses a request, or the facade refuses the answer.
 */
final class SignInSettings {

    /**
     * The algorithms of ID tokens that the facade accepts: those with a public key. Keycloak signs HS256, HS384 and HS512
     * with a secret of the realm that no client knows, not with the client's secret.
     */
    private static final Set<String> ID_TOKEN_ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    private static final String PKCE_METHOD = "S256";
    private static final String SECRET_METHOD = "client_secret_basic";
    private static final String REQUEST_OBJECT_NOT_REQUIRED = "not required";

    private SignInSettings() {}

    /** @param findings gets each kind, with its subject */
    static void examine(ExaminedSettings settings, BiConsumer<FindingKind, String> findings) {
        if (!settings.standardFlow()) {
            findings.accept(FindingKind.STANDARD_FLOW_OFF, "");
        }
        if (settings.isOn(ClientAttribute.ISSUER_EXCLUDED)) {
            findings.accept(FindingKind.ISSUER_EXCLUDED, "");
        }
        if (!ID_TOKEN_ALGORITHMS.contains(settings.idTokenAlgorithm())) {
            findings.accept(FindingKind.ID_TOKEN_ALGORITHM, settings.idTokenAlgorithm());
        }
        settings.value(ClientAttribute.ID_TOKEN_ENCRYPTED)
                .ifPresent(method -> findings.accept(FindingKind.ID_TOKEN_ENCRYPTED, method));
        settings.value(ClientAttribute.PKCE)
                .filter(method -> !method.equals(PKCE_METHOD))
                .ifPresent(method -> findings.accept(FindingKind.PKCE_METHOD, method));
        if (settings.isOn(ClientAttribute.CERTIFICATE_BOUND)) {
            findings.accept(FindingKind.CERTIFICATE_BOUND_TOKENS, "");
        }
        settings.value(ClientAttribute.REQUEST_OBJECT)
                .filter(required -> !required.equals(REQUEST_OBJECT_NOT_REQUIRED))
                .ifPresent(required -> findings.accept(FindingKind.REQUEST_OBJECT_REQUIRED, required));
        settings.value(ClientAttribute.SECRET_METHOD)
                .filter(method -> settings.byClientSecret() && !method.equals(SECRET_METHOD))
                .ifPresent(method -> findings.accept(FindingKind.SECRET_METHOD, method));
    }
}
