package io.github.multiclientauth.extension.directory;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.Fake;
import io.github.multiclientauth.extension.listing.ApiAccessEntries;
import io.github.multiclientauth.extension.listing.PageEntries;
import io.github.multiclientauth.extension.listing.PreviewEntries;
import io.github.multiclientauth.extension.listing.Registration;
import io.github.multiclientauth.extension.listing.StepUpEntries;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakUriInfo;
import org.keycloak.protocol.oidc.utils.WebOriginsUtils;
import org.keycloak.urls.HostnameProvider;
import org.keycloak.urls.UrlType;

class ClientAddressesTest {

    private record Entered(String rootUrl, Set<String> webOrigins, Set<String> redirectUris) {}

    static List<Entered> entered() {
        Set<String> redirectUris = Set.of(
                "/cb",
                "https://a.example/cb",
                "https://a.example:8443/*",
                "HTTPS://b.example/cb",
                "http://[::1]:3000/cb",
                "app.example:/cb",
                "urn:ietf:wg:oauth:2.0:oob",
                "*");
        return List.of(
                new Entered("https://root.example", Set.of("+"), redirectUris),
                new Entered("https://root.example/base", Set.of("+", "*", "https://c.example"), redirectUris),
                new Entered("https://root.example", Set.of("https://c.example", "not an origin"), redirectUris),
                new Entered("https://root.example", Set.of("*"), redirectUris),
                new Entered(null, Set.of("+"), redirectUris),
                new Entered("", Set.of("+"), redirectUris),
                new Entered("https://root.example", Set.of(), redirectUris),
                new Entered("https://root.example", Set.of("+"), Set.of()));
    }

    @ParameterizedTest
    @MethodSource("entered")
    void are_resolved_as_by_keycloak_without_the_asterisk(Entered entered) {
        ClientModel model = Fake.of(ClientModel.class)
                .answering("getWebOrigins", entered.webOrigins())
                .answering("getRootUrl", entered.rootUrl())
                .answering("getRedirectUris", entered.redirectUris())
                .build();
        TreeSet<String> keycloaks = WebOriginsUtils.resolveValidWebOrigins(session(), model).stream()
                .filter(origin -> !origin.equals("*"))
                .collect(toCollection(TreeSet::new));

        assertThat(addresses(entered).webOrigins()).containsExactlyElementsOf(keycloaks);
    }

    @Test
    void are_absolute_and_sorted() {
        ClientAddresses addresses =
                addresses(new Entered("https://root.example", Set.of("+"), Set.of("/z", "https://a.example/cb", "/a")));

        assertThat(addresses.redirectUris())
                .containsExactly("https://a.example/cb", "https://root.example/a", "https://root.example/z");
        assertThat(addresses.webOrigins()).containsExactly("https://a.example", "https://root.example");
    }

    @Test
    void follow_keycloaks_own_address_without_a_root_url() {
        assertThat(addresses(new Entered(null, Set.of("+"), Set.of("/cb"))).redirectUris())
                .containsExactly("https://keycloak.example/cb");
    }

    private static ClientAddresses addresses(Entered entered) {
        return ClientAddresses.of(
                session(),
                new Registration(
                        "shop",
                        "",
                        true,
                        false,
                        null,
                        entered.rootUrl(),
                        entered.webOrigins(),
                        entered.redirectUris(),
                        Map.of(),
                        List.of(),
                        PreviewEntries.NONE,
                        PageEntries.NONE,
                        StepUpEntries.NONE,
                        ApiAccessEntries.NONE,
                        null,
                        Set.of()));
    }

    private static KeycloakSession session() {
        HostnameProvider hostname = Fake.of(HostnameProvider.class)
                .answering("getBaseUri", URI.create("https://keycloak.example/"))
                .build();
        KeycloakUriInfo uri = new KeycloakUriInfo(
                Fake.of(KeycloakSession.class)
                        .answering("getProvider", hostname)
                        .build(),
                UrlType.FRONTEND,
                null);
        return Fake.of(KeycloakSession.class)
                .answering(
                        "getContext",
                        Fake.of(KeycloakContext.class).answering("getUri", uri).build())
                .build();
    }
}
