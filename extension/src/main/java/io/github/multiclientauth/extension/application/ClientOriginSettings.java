package io.github.multiclientauth.extension.application;

import java.util.Map;
import java.util.Optional;

/**
 * The settings of the step "Client origin".
 *
 * @param clientScope the client scope by which a client opts in
 * @param parameterRequired whether a request without {@code client_origin} is refused
 * @param logoutUrlsAsked whether the doctor may send requests to the clients' back-channel logout URLs
 * @param ownLoginLabel the name that people know Keycloak's own login page by; empty for the realm's display name
 */
public record ClientOriginSettings(
        String clientScope, boolean parameterRequired, boolean logoutUrlsAsked, String ownLoginLabel) {

    public static final String CLIENT_SCOPE = "clientScope";
    public static final String PARAMETER_REQUIRED = "parameterRequired";
    public static final String LOGOUT_URLS_ASKED = "logoutUrlsAsked";
    public static final String OWN_LOGIN_LABEL = "ownLoginLabel";
    public static final String DEFAULT_CLIENT_SCOPE = "multi-client-auth";

    /** @param config as Keycloak stores it; empty if the step has never been configured */
    public static ClientOriginSettings of(Map<String, String> config) {
        return new ClientOriginSettings(
                Optional.ofNullable(config.get(CLIENT_SCOPE))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .orElse(DEFAULT_CLIENT_SCOPE),
                Boolean.parseBoolean(config.get(PARAMETER_REQUIRED)),
                // On in a step that was configured before there was this setting.
                Boolean.parseBoolean(config.getOrDefault(LOGOUT_URLS_ASKED, "true")),
                Optional.ofNullable(config.get(OWN_LOGIN_LABEL))
                        .map(String::strip)
                        .orElse(""));
    }
}
