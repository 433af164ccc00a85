package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.backend.ServerHome;
import io.github.multiclientauth.testbed.keycloak.KeycloakBackend;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.launch.Progress;
import io.github.multiclientauth.testbed.launch.RealApps;
import io.github.multiclientauth.testbed.launch.RunSecrets;
import io.github.multiclientauth.testbed.launch.Testbed;
import io.github.multiclientauth.testbed.proof.SignIn;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.web.Parameters;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * With real OAuth apps in the environment, the same realm file leads to the real providers. The others are still stand-ins. The
 * test only reads the redirect and sends no request to a provider. LinkedIn stays a stand-in, because Keycloak requests its
 * metadata before it redirects.
 */
@Nightly
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RealProvidersIT {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "GITHUB_CLIENT_ID", "real-github",
            "GITHUB_CLIENT_SECRET", "secret-1",
            "GITHUB_DASHBOARD_CLIENT_ID", "real-github-of-dashboard",
            "GITHUB_DASHBOARD_CLIENT_SECRET", "secret-2",
            "GOOGLE_CLIENT_ID", "real-google",
            "GOOGLE_CLIENT_SECRET", "secret-3",
            "FACEBOOK_CLIENT_ID", "real-facebook",
            "FACEBOOK_CLIENT_SECRET", "secret-4");

    private static final Map<String, String> TENANT = Map.of(
            "AUTH0_CLIENT_ID", "real-auth0",
            "AUTH0_CLIENT_SECRET", "secret-5",
            "AUTH0_ISSUER", "https://real-tenant.eu.auth0.com/");

    @RegisterExtension
    static final Started STARTED = new Started();

    private static Testbed testbed;

    // Slow: it starts a chain of its own, because the apps are in the realm file.
    @BeforeAll
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    static void start() throws IOException {
        Artifacts artifacts = Artifacts.of(System.getProperties());
        Map<String, String> environment = new HashMap<>(ENVIRONMENT);
        environment.putAll(TENANT);
        testbed = STARTED.add(new Testbed(
                Ports.free(),
                RunSecrets.random(Map.of()),
                RealApps.of(environment),
                artifacts.workDirectory().resolve("logs").resolve("real-providers")));
        testbed.start(
                artifacts,
                // The server that the other tests have built already.
                KeycloakBackend.zip(ServerHome.extended(artifacts), artifacts.extensionJar()),
                new Progress(System.out::println));
    }

    @ParameterizedTest
    @CsvSource({
        "github,   portfolio, real-github,              https://github.com/login/oauth/authorize",
        "github,   dashboard, real-github-of-dashboard, https://github.com/login/oauth/authorize",
        "google,   portfolio, real-google,              https://accounts.google.com/o/oauth2/v2/auth",
        "google,   dashboard, real-google,              https://accounts.google.com/o/oauth2/v2/auth",
        "facebook, portfolio, real-facebook,            https://graph.facebook.com/oauth/authorize",
        "facebook, dashboard, real-facebook,            https://graph.facebook.com/oauth/authorize",
        "auth0,    portfolio, real-auth0,               https://real-tenant.eu.auth0.com/authorize",
        "auth0,    dashboard, real-auth0,               https://real-tenant.eu.auth0.com/authorize"
    })
    void a_browser_is_redirected_to_the_real_provider_with_the_real_app(
            String provider, String application, String clientId, URI authorization) {
        Visitor visitor = new Visitor();
        Origin real = Origin.ofUrl(authorization.toString()).orElseThrow();

        URI sentTo = visitor.followTo(
                        visitor.get(URI.create(origin(application) + "/api/auth/signin/" + provider)), real)
                .location()
                .orElseThrow();

        assertThat(URI.create("https://" + sentTo.getAuthority() + sentTo.getPath()))
                .isEqualTo(authorization);
        assertThat(Parameters.ofQuery(sentTo))
                .containsEntry("client_id", clientId)
                .containsEntry("redirect_uri", testbed.keycloak().issuer() + "/broker/" + provider + "/endpoint")
                .containsEntry("response_type", "code");
    }

    @Test
    void a_provider_without_a_real_app_is_still_a_stand_in() {
        assertThat(new SignIn(new Visitor(), origin(Testbed.PORTFOLIO))
                        .with("linkedin")
                        .as("ada")
                        .path("user")
                        .path("provider")
                        .asText())
                .isEqualTo("linkedin");
    }

    private static Origin origin(String application) {
        return application.equals(Testbed.PORTFOLIO)
                ? testbed.addresses().portfolio()
                : testbed.addresses().dashboard();
    }
}
