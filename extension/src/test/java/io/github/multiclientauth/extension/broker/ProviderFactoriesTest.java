package io.github.multiclientauth.extension.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.oidc.OIDCIdentityProviderFactory;
import org.keycloak.broker.provider.IdentityProviderFactory;
import org.keycloak.common.Profile;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.social.facebook.FacebookIdentityProviderFactory;
import org.keycloak.social.github.GitHubIdentityProviderFactory;
import org.keycloak.social.google.GoogleIdentityProviderFactory;
import org.keycloak.social.linkedin.LinkedInOIDCIdentityProviderFactory;

class ProviderFactoriesTest {

    private record Pair(IdentityProviderFactory<?> ours, IdentityProviderFactory<?> keycloaks) {}

    /** Google's settings depend on Keycloak's features. */
    @BeforeAll
    static void enableFeatures() {
        Profile.defaults();
    }

    @AfterAll
    static void forgetFeatures() {
        Profile.reset();
    }

    static Stream<Pair> all() {
        return Stream.concat(
                social(),
                Stream.of(new Pair(new ApplicationOpenIdConnectProvider.Factory(), new OIDCIdentityProviderFactory())));
    }

    static Stream<Pair> social() {
        return Stream.of(
                new Pair(new ApplicationGitHubProvider.Factory(), new GitHubIdentityProviderFactory()),
                new Pair(new ApplicationGoogleProvider.Factory(), new GoogleIdentityProviderFactory()),
                new Pair(new ApplicationFacebookProvider.Factory(), new FacebookIdentityProviderFactory()),
                new Pair(new ApplicationLinkedInProvider.Factory(), new LinkedInOIDCIdentityProviderFactory()));
    }

    @ParameterizedTest
    @MethodSource("all")
    void take_the_place_of_keycloaks_own(Pair pair) {
        assertThat(pair.ours().getId()).isEqualTo(pair.keycloaks().getId());
        assertThat(pair.ours().getName()).isEqualTo(pair.keycloaks().getName());
        assertThat(pair.ours().order())
                .isEqualTo(100)
                .isGreaterThan(pair.keycloaks().order());
    }

    @ParameterizedTest
    @MethodSource("social")
    void add_the_authorization_url_to_the_console_where_it_was_fixed(Pair pair) {
        List<String> expected = new ArrayList<>(names(pair.keycloaks()));
        expected.add("authorizationUrl");

        assertThat(names(pair.ours())).isEqualTo(expected);
    }

    /** Those that one JAR can override on all of them: not the callback and not the token request, whose types changed. */
    @ParameterizedTest
    @MethodSource("all")
    void override_only_what_every_keycloak_26_has(Pair pair) throws ReflectiveOperationException {
        Class<?> factory = pair.ours().getClass();
        // Not initialised: that would need more of Keycloak than there is in a unit test.
        Class<?> provider =
                Class.forName(factory.getName().replaceAll("\\$Factory$", ""), false, factory.getClassLoader());

        assertThat(Stream.of(provider.getDeclaredMethods())
                        .filter(method -> !method.isSynthetic())
                        .map(Method::getName))
                .containsExactlyInAnyOrderElementsOf(expected(provider));
    }

    /** GitHub and Facebook have no sign-out, and refresh only tokens that the application retrieves. */
    private static List<String> expected(Class<?> provider) {
        List<String> expected = new ArrayList<>(List.of(
                "getConfig",
                "performLogin",
                "getFederatedIdentity",
                "preprocessFederatedIdentity",
                "authenticationFinished",
                "updateBrokeredUser",
                "retrieveToken"));
        if (OIDCIdentityProvider.class.isAssignableFrom(provider)) {
            expected.addAll(List.of(
                    "exchangeStoredToken",
                    "exchangeSessionToken",
                    "backchannelLogout",
                    "keycloakInitiatedBrowserLogout"));
        }
        return expected;
    }

    private static List<String> names(IdentityProviderFactory<?> factory) {
        return factory.getConfigProperties().stream()
                .map(ProviderConfigProperty::getName)
                .toList();
    }
}
