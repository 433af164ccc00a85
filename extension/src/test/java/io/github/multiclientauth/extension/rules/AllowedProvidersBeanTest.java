package io.github.multiclientauth.extension.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.Fake;
import io.github.multiclientauth.extension.Providers;
import io.github.multiclientauth.extension.application.Application;
import io.github.multiclientauth.extension.application.ClientOriginSettings;
import io.github.multiclientauth.extension.provider.Allowance;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.forms.login.freemarker.model.IdentityProviderBean;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.sessions.AuthenticationSessionModel;

class AllowedProvidersBeanTest {

    private final KeycloakSession session = Fake.of(KeycloakSession.class)
            .answering(
                    "identityProviders",
                    new Providers()
                            .with("github")
                            .with("facebook")
                            .with("github-dashboard")
                            .with("github-enterprise")
                            .storage())
            .build();

    @Test
    void lists_what_the_rule_allows() {
        assertThat(bean("github", List.of("github", "facebook")).getProviders())
                .extracting(IdentityProviderBean.IdentityProvider::getAlias)
                .containsExactly("github");
    }

    @Test
    void lists_no_provider_that_belongs_to_another_application() {
        List<String> listed = List.of("github-dashboard", "github-enterprise");

        assertThat(bean("github-dashboard##github-enterprise", listed).getProviders())
                .extracting(IdentityProviderBean.IdentityProvider::getAlias)
                .containsExactly("github-enterprise");
    }

    @Test
    void lists_nothing_where_keycloak_lists_nothing() {
        assertThat(new AllowedProvidersBean(listing(null), application("github")).getProviders())
                .isEmpty();
    }

    /** Themes that hand all data of a page to scripts (kcContext) read every getter. */
    @Test
    void no_other_getter_returns_the_whole_list() {
        assertThat(Arrays.stream(AllowedProvidersBean.class.getMethods())
                        .filter(method -> method.getName().startsWith("get") && method.getParameterCount() == 0)
                        .filter(method -> !Modifier.isStatic(method.getModifiers()))
                        .filter(method -> List.class.isAssignableFrom(method.getReturnType())
                                || IdentityProviderBean.class.isAssignableFrom(method.getReturnType()))
                        .map(Method::getName))
                .containsExactly("getProviders");
        assertThat(AllowedProvidersBean.class.getFields()).allMatch(field -> Modifier.isStatic(field.getModifiers()));
    }

    private AllowedProvidersBean bean(String rule, List<String> listed) {
        return new AllowedProvidersBean(
                listing(listed.stream()
                        .map(alias -> new IdentityProviderBean.IdentityProvider(alias, alias, alias, "/", ""))
                        .toList()),
                application(rule));
    }

    private IdentityProviderBean listing(List<IdentityProviderBean.IdentityProvider> listed) {
        return new IdentityProviderBean(session, null, URI.create("https://keycloak.example/"), null) {
            @Override
            public List<IdentityProvider> getProviders() {
                return listed;
            }
        };
    }

    private Application application(String allowed) {
        AuthenticationSessionModel signIn = Fake.of(AuthenticationSessionModel.class)
                .answering("getClient", client("portfolio", allowed))
                .answering(
                        "getRealm",
                        Fake.of(RealmModel.class)
                                .doing(
                                        "getClientByClientId",
                                        id -> id[0].equals("dashboard") ? client("dashboard", "") : null)
                                .build())
                .build();
        return Application.of(session, signIn, ClientOriginSettings.of(Map.of()))
                .orElseThrow();
    }

    private static ClientModel client(String clientId, String allowed) {
        ProtocolMapperModel rule = new ProtocolMapperModel();
        rule.setProtocolMapper(Allowance.MAPPER);
        rule.setConfig(Map.of(Allowance.PROVIDERS, allowed));
        ClientScopeModel scope = Fake.of(ClientScopeModel.class)
                .doing("getProtocolMappersStream", arguments -> Stream.empty())
                .build();
        return Fake.of(ClientModel.class)
                .answering("getClientId", clientId)
                .doing("getProtocolMappersStream", arguments -> Stream.of(rule))
                .answering("getClientScopes", Map.of("multi-client-auth", scope))
                .build();
    }
}
