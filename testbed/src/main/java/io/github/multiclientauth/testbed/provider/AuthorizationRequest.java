package io.github.multiclientauth.testbed.provider;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What arrived at {@code /login/oauth/authorize}. */
sealed interface AuthorizationRequest {

    /** Nobody knows the application: GitHub shows its 404 page. */
    record UnknownApplication() implements AuthorizationRequest {}

    /** The redirect URI is not the application's: GitHub tells the registered callback. */
    record ForeignRedirect(String state) implements AuthorizationRequest {}

    /** A code challenge other than S256, the only one that GitHub supports. */
    record UnsupportedChallenge() implements AuthorizationRequest {}

    /** To be shown to a person. {@code codeChallenge} is empty without PKCE. */
    record Acceptable(String redirectUri, String state, List<String> scopes, Optional<String> codeChallenge)
            implements AuthorizationRequest {}

    /** @param parameter gives a parameter's value, or {@code null} */
    static AuthorizationRequest of(Function<String, String> parameter, OAuthApp app) {
        if (!app.clientId().equals(parameter.apply("client_id"))) {
            return new UnknownApplication();
        }
        String state = Optional.ofNullable(parameter.apply("state")).orElse("");
        String redirectUri = Optional.ofNullable(parameter.apply("redirect_uri"))
                .orElse(app.callback().toString());
        if (!app.permits(redirectUri)) {
            return new ForeignRedirect(state);
        }
        Optional<String> challenge = Optional.ofNullable(parameter.apply("code_challenge"));
        if (challenge.isPresent() && !"S256".equals(parameter.apply("code_challenge_method"))) {
            return new UnsupportedChallenge();
        }
        String scope = Optional.ofNullable(parameter.apply("scope")).orElse("");
        List<String> scopes =
                Arrays.stream(scope.split("[ ,]+")).filter(s -> !s.isEmpty()).toList();
        return new Acceptable(redirectUri, state, scopes, challenge);
    }
}
