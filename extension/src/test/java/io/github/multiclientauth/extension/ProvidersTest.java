package io.github.multiclientauth.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.multiclientauth.extension.broker.ApplicationFacebookProvider;
import io.github.multiclientauth.extension.broker.ApplicationGitHubProvider;
import io.github.multiclientauth.extension.broker.ApplicationGoogleProvider;
import io.github.multiclientauth.extension.broker.ApplicationLinkedInProvider;
import io.github.multiclientauth.extension.broker.ApplicationOpenIdConnectProvider;
import io.github.multiclientauth.extension.directory.ApiAccessMapper;
import io.github.multiclientauth.extension.directory.ApplicationPagesMapper;
import io.github.multiclientauth.extension.directory.DirectoryListenerProviderFactory;
import io.github.multiclientauth.extension.directory.PreviewOriginsMapper;
import io.github.multiclientauth.extension.link.LinkVerifiedEmailAuthenticatorFactory;
import io.github.multiclientauth.extension.link.MailProofTokenHandlerFactory;
import io.github.multiclientauth.extension.link.OwnAccountAuthenticator;
import io.github.multiclientauth.extension.link.ProofByMailAuthenticator;
import io.github.multiclientauth.extension.link.ResetByMailAuthenticatorFactory;
import io.github.multiclientauth.extension.origin.ClientOriginAuthenticatorFactory;
import io.github.multiclientauth.extension.root.RealmEndpointsFactory;
import io.github.multiclientauth.extension.rules.AllowedProviderAuthenticatorFactory;
import io.github.multiclientauth.extension.rules.ConsentListenerProviderFactory;
import io.github.multiclientauth.extension.rules.RuledCookieAuthenticator;
import io.github.multiclientauth.extension.rules.RuledFreeMarkerProvider;
import io.github.multiclientauth.extension.rules.RuledLoginFormsProvider;
import io.github.multiclientauth.extension.rules.RuledRegistrationFactory;
import io.github.multiclientauth.extension.rules.SignInGateProviderFactory;
import io.github.multiclientauth.extension.token.AllowedProvidersMapper;
import io.github.multiclientauth.extension.token.ClientOriginMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.authentication.FormActionFactory;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.actiontoken.ActionTokenHandlerFactory;
import org.keycloak.broker.provider.IdentityProviderFactory;
import org.keycloak.broker.social.SocialIdentityProviderFactory;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.forms.login.LoginFormsProviderFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.protocol.ProtocolMapper;
import org.keycloak.provider.ConfiguredProvider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ServerInfoAwareProviderFactory;
import org.keycloak.services.resource.RealmResourceProviderFactory;
import org.keycloak.theme.freemarker.FreeMarkerProviderFactory;

/** What Keycloak finds in the JAR, and what the administrator sees of it. */
class ProvidersTest {

    @Test
    void lists_the_authenticator() {
        assertThat(ours(AuthenticatorFactory.class))
                .containsExactlyInAnyOrder(
                        ClientOriginAuthenticatorFactory.class.getName(),
                        AllowedProviderAuthenticatorFactory.class.getName(),
                        RuledCookieAuthenticator.Factory.class.getName(),
                        LinkVerifiedEmailAuthenticatorFactory.class.getName(),
                        OwnAccountAuthenticator.Factory.class.getName(),
                        ProofByMailAuthenticator.Factory.class.getName(),
                        ResetByMailAuthenticatorFactory.class.getName());
        assertThat(ours(ActionTokenHandlerFactory.class)).containsExactly(MailProofTokenHandlerFactory.class.getName());
        assertThat(ours(FormActionFactory.class)).containsExactly(RuledRegistrationFactory.class.getName());
    }

    @Test
    void lists_the_protocol_mapper() {
        assertThat(ours(ProtocolMapper.class))
                .containsExactlyInAnyOrder(
                        ClientOriginMapper.class.getName(),
                        AllowedProvidersMapper.class.getName(),
                        PreviewOriginsMapper.class.getName(),
                        ApplicationPagesMapper.class.getName(),
                        ApiAccessMapper.class.getName());
    }

    @Test
    void lists_the_end_of_sign_ins() {
        assertThat(ours(RequiredActionFactory.class)).containsExactly(SignInGateProviderFactory.class.getName());
    }

    @Test
    void lists_the_login_pages() {
        assertThat(ours(LoginFormsProviderFactory.class))
                .containsExactly(RuledLoginFormsProvider.Factory.class.getName());
    }

    @Test
    void lists_the_listener_and_the_templates() {
        assertThat(ours(EventListenerProviderFactory.class))
                .containsExactlyInAnyOrder(
                        ConsentListenerProviderFactory.class.getName(),
                        ConsentListenerProviderFactory.GlobalFactory.class.getName(),
                        DirectoryListenerProviderFactory.class.getName(),
                        DirectoryListenerProviderFactory.GlobalFactory.class.getName());
        assertThat(ours(FreeMarkerProviderFactory.class))
                .containsExactly(RuledFreeMarkerProvider.Factory.class.getName());
    }

    /** Keycloak saves no events settings that name a global one. */
    @Test
    void what_realms_list_is_no_global_listener() {
        assertThat(List.of(new ConsentListenerProviderFactory(), new DirectoryListenerProviderFactory()))
                .noneMatch(EventListenerProviderFactory::isGlobal)
                .extracting(listed -> listed.create(null))
                .as("does nothing where the global one works")
                .extracting(listener -> listener.getClass().getSimpleName())
                .containsOnly("Ignoring");
        assertThat(List.of(
                        new ConsentListenerProviderFactory.GlobalFactory(),
                        new DirectoryListenerProviderFactory.GlobalFactory()))
                .allMatch(EventListenerProviderFactory::isGlobal)
                .extracting(EventListenerProviderFactory::getId)
                .containsExactly("multi-client-auth-consent-global", "multi-client-auth-directory-global");
    }

    /** Keycloak takes, of two factories of one name, the one of the higher order; its own have 0. */
    @Test
    void takes_the_place_of_keycloaks_own() {
        assertThat(new RuledCookieAuthenticator.Factory().getId()).isEqualTo("auth-cookie");
        assertThat(new RuledCookieAuthenticator.Factory().order()).isPositive();
        assertThat(new RuledLoginFormsProvider.Factory().getId()).isEqualTo("freemarker");
        assertThat(new RuledLoginFormsProvider.Factory().order()).isPositive();
        assertThat(new RuledFreeMarkerProvider.Factory().getId()).isEqualTo("default");
        assertThat(new RuledFreeMarkerProvider.Factory().order()).isPositive();
        assertThat(new OwnAccountAuthenticator.Factory().getId()).isEqualTo("idp-create-user-if-unique");
        assertThat(new OwnAccountAuthenticator.Factory().order()).isPositive();
        assertThat(new ProofByMailAuthenticator.Factory().getId()).isEqualTo("idp-email-verification");
        assertThat(new ProofByMailAuthenticator.Factory().order()).isPositive();
        assertThat(new ResetByMailAuthenticatorFactory().getId()).isEqualTo("reset-credential-email");
        assertThat(new ResetByMailAuthenticatorFactory().order()).isPositive();
        assertThat(new MailProofTokenHandlerFactory().getId()).isEqualTo("idp-verify-account-via-email");
        assertThat(new MailProofTokenHandlerFactory().order()).isPositive();
        assertThat(new RuledRegistrationFactory().getId()).isEqualTo("registration-user-creation");
        assertThat(new RuledRegistrationFactory().order()).isPositive();
    }

    @Test
    void lists_the_directory() {
        assertThat(ours(RealmResourceProviderFactory.class)).containsExactly(RealmEndpointsFactory.class.getName());
    }

    @Test
    void lists_the_identity_providers() {
        assertThat(ours(SocialIdentityProviderFactory.class))
                .containsExactlyInAnyOrder(
                        ApplicationGitHubProvider.Factory.class.getName(),
                        ApplicationGoogleProvider.Factory.class.getName(),
                        ApplicationFacebookProvider.Factory.class.getName(),
                        ApplicationLinkedInProvider.Factory.class.getName());
        assertThat(ours(IdentityProviderFactory.class))
                .containsExactly(ApplicationOpenIdConnectProvider.Factory.class.getName());
    }

    @Test
    void keeps_the_ids_that_realms_refer_to() {
        assertThat(new ClientOriginAuthenticatorFactory().getId()).isEqualTo("client-origin");
        assertThat(new ClientOriginMapper().getId()).isEqualTo("oidc-client-origin-mapper");
        assertThat(new AllowedProvidersMapper().getId()).isEqualTo("oidc-allowed-providers-mapper");
        assertThat(new ApiAccessMapper().getId()).isEqualTo("multi-client-auth-api-access-mapper");
        assertThat(new ApplicationPagesMapper().getId()).isEqualTo("oidc-application-pages-mapper");
        assertThat(new PreviewOriginsMapper().getId()).isEqualTo("oidc-preview-origins-mapper");
        assertThat(new AllowedProviderAuthenticatorFactory().getId()).isEqualTo("allowed-provider");
        assertThat(new LinkVerifiedEmailAuthenticatorFactory().getId()).isEqualTo("link-verified-email");
        assertThat(new SignInGateProviderFactory().getId()).isEqualTo("multi-client-auth-gate");
        assertThat(new ConsentListenerProviderFactory().getId()).isEqualTo("multi-client-auth-consent");
        assertThat(new RealmEndpointsFactory().getId()).isEqualTo("multi-client-auth");
        assertThat(new DirectoryListenerProviderFactory().getId()).isEqualTo("multi-client-auth-directory");
    }

    @Test
    void the_authenticator_can_only_be_required_or_disabled() {
        ClientOriginAuthenticatorFactory factory = new ClientOriginAuthenticatorFactory();
        assertThat(factory.getRequirementChoices()).containsExactly(Requirement.REQUIRED, Requirement.DISABLED);
        assertThat(factory.isConfigurable()).isTrue();
        assertThat(factory.isUserSetupAllowed()).isFalse();
    }

    @Test
    void the_steps_for_newcomers_can_be_used_only_as_they_are_meant() {
        assertThat(new AllowedProviderAuthenticatorFactory().getRequirementChoices())
                .containsExactly(Requirement.REQUIRED, Requirement.DISABLED);
        assertThat(new LinkVerifiedEmailAuthenticatorFactory().getRequirementChoices())
                .containsExactly(Requirement.ALTERNATIVE, Requirement.DISABLED);
        assertThat(new LinkVerifiedEmailAuthenticatorFactory().isConfigurable()).isTrue();
    }

    @Test
    void the_authenticator_is_configured_in_the_console() {
        assertThat(new ClientOriginAuthenticatorFactory().getConfigProperties())
                .extracting(ProviderConfigProperty::getName, ProviderConfigProperty::getDefaultValue)
                .containsExactly(
                        tuple("clientScope", "multi-client-auth"),
                        tuple("parameterRequired", "false"),
                        tuple("logoutUrlsAsked", "true"),
                        tuple("ownLoginLabel", null));
    }

    @Test
    void every_place_of_the_claims_has_a_switch() {
        assertThat(new ClientOriginMapper().getConfigProperties())
                .extracting(ProviderConfigProperty::getName)
                .containsExactlyInAnyOrder(
                        "id.token.claim",
                        "access.token.claim",
                        "lightweight.claim",
                        "userinfo.token.claim",
                        "introspection.token.claim",
                        "withhold.unverified.email",
                        "client.in.audience",
                        "minimum.acr",
                        "maximum.age",
                        "show.authentication",
                        "sign.out.at.keycloak",
                        "own.sessions.only");
    }

    @Test
    void everything_is_explained() {
        assertThat(new ClientOriginAuthenticatorFactory().getDisplayType()).isEqualTo("Client origin");
        assertThat(new ClientOriginMapper().getDisplayType()).isEqualTo("Client origin");
        for (ConfiguredProvider provider : List.<ConfiguredProvider>of(
                new ClientOriginAuthenticatorFactory(),
                new ClientOriginMapper(),
                new AllowedProvidersMapper(),
                new PreviewOriginsMapper(),
                new ApplicationPagesMapper(),
                new ApiAccessMapper(),
                new AllowedProviderAuthenticatorFactory(),
                new LinkVerifiedEmailAuthenticatorFactory())) {
            assertThat(provider.getHelpText()).isNotBlank();
            assertThat(provider.getConfigProperties()).allSatisfy(property -> {
                assertThat(property.getLabel()).isNotBlank();
                assertThat(property.getHelpText()).isNotBlank();
            });
        }
    }

    @Test
    void the_console_shows_version_commit_and_tested_versions_of_keycloak() {
        for (ServerInfoAwareProviderFactory factory : List.<ServerInfoAwareProviderFactory>of(
                new ClientOriginAuthenticatorFactory(),
                new ClientOriginMapper(),
                new AllowedProvidersMapper(),
                new PreviewOriginsMapper(),
                new ApplicationPagesMapper(),
                new ApiAccessMapper(),
                new AllowedProviderAuthenticatorFactory(),
                new LinkVerifiedEmailAuthenticatorFactory(),
                new SignInGateProviderFactory())) {
            assertThat(factory.getOperationalInfo())
                    .containsOnlyKeys(
                            "Multi-Client Auth", "Multi-Client Auth: commit", "Multi-Client Auth: tested on Keycloak")
                    .hasEntrySatisfying(
                            "Multi-Client Auth: commit",
                            commit -> assertThat(commit).matches("unknown|[0-9a-f]{40}"))
                    .hasEntrySatisfying(
                            "Multi-Client Auth: tested on Keycloak",
                            minors -> assertThat(minors).startsWith("26.0, "));
        }
    }

    private static List<String> ours(Class<?> service) {
        try {
            // Keycloak's own file of that name is on the class path, too.
            return Collections.list(
                            ProvidersTest.class.getClassLoader().getResources("META-INF/services/" + service.getName()))
                    .stream()
                    .flatMap(file -> text(file).lines())
                    .filter(name -> name.startsWith("io.github.multiclientauth"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(URL file) {
        try (InputStream in = file.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
