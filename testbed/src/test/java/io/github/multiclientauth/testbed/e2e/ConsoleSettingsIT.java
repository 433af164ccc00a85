package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.ProofFailedException;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Fields of the console's pages of a client: a sign-in works, or Keycloak's doctor names the field. The table is
 * docs/reference/console-settings.md.
 *
 * <p>Slow: fifty clients, one for each setting. All are made before the facade reads them, once.
 */
@EndToEnd
class ConsoleSettingsIT {

    private static final String CALLBACKS = "/api/auth/callback/";

    private final Chain chain;
    private final KeycloakAdministrator administrator;
    private final LocalNames names;
    private final List<Setting> settings = new ArrayList<>();

    ConsoleSettingsIT(Chain chain) {
        this.chain = chain;
        this.administrator = chain.administrator();
        this.names = new LocalNames(chain.facade().port());
    }

    /**
     * A client with one setting.
     *
     * @param outcome "works" or "stops", and the ids of the doctor's findings
     */
    private record Setting(String name, String clientId, Origin origin, String outcome) {}

    @AfterEach
    void delete() {
        settings.forEach(setting -> administrator.deleteClient(setting.clientId()));
        names.close();
    }

    @Test
    void every_setting_works_or_is_found() throws Exception {
        capabilities();
        fineGrain();
        compatibility();
        addresses();
        scopes();
        Setting last = settings.get(settings.size() - 1);
        Soon.see(() -> browser().get(at(last, "session")).status(), status -> status == 200);

        JsonNode findings = findings();
        Map<String, String> found = new LinkedHashMap<>();
        Map<String, String> expected = new LinkedHashMap<>();
        for (Setting setting : settings) {
            expected.put(setting.name(), setting.outcome());
            found.put(setting.name(), (signsIn(setting) ? "works" : "stops") + about(findings, setting));
        }
        assertThat(found).containsExactlyEntriesOf(expected);
    }

    @Test
    void sign_ins_work_with_every_login_setting_of_the_realm() {
        ObjectNode before = (ObjectNode) administrator.get("");
        for (String setting : List.of(
                "registrationAllowed",
                "registrationEmailAsUsername",
                "editUsernameAllowed",
                "resetPasswordAllowed",
                "rememberMe",
                "loginWithEmailAllowed",
                "duplicateEmailsAllowed",
                "bruteForceProtected",
                "revokeRefreshToken",
                "internationalizationEnabled")) {
            ObjectNode changed = JsonNodeFactory.instance
                    .objectNode()
                    .put(setting, !before.path(setting).asBoolean());
            if (setting.equals("duplicateEmailsAllowed")) {
                changed.put("loginWithEmailAllowed", false);
            }
            administrator.updateRealm(changed);
            try {
                Person person = chain.somebody();
                chain.atPortfolio(chain.visitor()).as(person.login());
                JsonNode again = chain.atPortfolio(chain.visitor()).as(person.login());
                assertThat(again.path("user").path("email").asText())
                        .as(setting)
                        .isEqualTo(person.email());
            } finally {
                administrator.updateRealm(before);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "syncMode, IMPORT",
        "syncMode, LEGACY",
        "syncMode, FORCE",
        "trustEmail, true",
        "storeToken, true",
        "addReadTokenRoleOnCreate, true",
        "hideOnLogin, true",
        "firstBrokerLoginFlowAlias, first broker login",
        "caseSensitiveOriginalUsername, true",
        "filteredByClaim, false",
        "disableUserInfo, true",
        "uiLocales, true",
        "loginHint, true",
        "acceptsPromptNoneForwardFromClient, true",
    })
    void sign_ins_work_with_every_setting_of_an_identity_provider(String setting, String value) {
        OidcClient client = new OidcClient(chain, MadeClient.id(), "", MadeClient.ORIGIN);
        administrator.createClient(client.clientId(), null, MadeClient.settings(client));
        try (MadeProvider provider = MadeProvider.of(chain, "oidc")) {
            ObjectNode changed = (ObjectNode) administrator.provider(provider.alias());
            if (changed.has(setting) || setting.endsWith("Alias")) {
                changed.put(setting, value);
            } else {
                changed.withObject("/config").put(setting, value);
            }
            administrator.put("/identity-provider/instances/" + provider.alias(), changed);
            Person person = chain.somebody();
            for (int i = 0; i < 2; i++) {
                Visitor browser = chain.visitor();
                Answer consent = browser.browse(client.request("kc_idp_hint", provider.alias()));
                assertThat(client.comesBack(
                                browser, browser.press(consent, "button[name=login][value=" + person.login() + "]")))
                        .containsKey("code");
            }
        } finally {
            administrator.deleteClient(client.clientId());
        }
    }

    private void capabilities() {
        client("as it comes", "works", settings -> {});
        client("Standard flow off", "stops standard-flow-off", settings -> settings.put("standardFlowEnabled", false));
        client("Direct access grants on", "works", settings -> settings.put("directAccessGrantsEnabled", true));
        client("Implicit flow on", "works", settings -> settings.put("implicitFlowEnabled", true));
        client("Consent required", "works", settings -> settings.put("consentRequired", true));
        client("Full scope allowed off", "works", settings -> settings.put("fullScopeAllowed", false));
        client("Always display in UI", "works", settings -> settings.put("alwaysDisplayInConsole", true));
        attribute("PKCE plain", "stops pkce-method", "pkce.code.challenge.method", "plain");
        attribute("PKCE not required", "works", "pkce.code.challenge.method", "");
        attribute("PKCE S256", "works", "pkce.code.challenge.method", "S256");
        attribute("Login theme that does not exist", "works", "login_theme", "nothing");
        client("Front channel logout", "works", settings -> settings.put("frontchannelLogout", true));
        client("Front channel logout with a backchannel logout URL", "works front-channel-logout", settings -> {
            settings.put("frontchannelLogout", true);
            settings.putObject("attributes")
                    .put("backchannel.logout.url", chain.portfolio() + "/api/auth/backchannel-logout");
        });
    }

    private void fineGrain() {
        attribute("Access token signature ES256", "works", "access.token.signed.response.alg", "ES256");
        attribute("at+jwt", "works", "access.token.header.type.rfc9068", "true");
        attribute("ID token signature ES256", "works", "id.token.signed.response.alg", "ES256");
        attribute("Access token signature HS512", "works", "access.token.signed.response.alg", "HS512");
        attribute("Access token signature EdDSA", "works", "access.token.signed.response.alg", "EdDSA");
        attribute("ID token signature HS256", "stops id-token-algorithm", "id.token.signed.response.alg", "HS256");
        attribute("ID token signature RS512", "works", "id.token.signed.response.alg", "RS512");
        attribute("ID token signature EdDSA", "works", "id.token.signed.response.alg", "EdDSA");
        attribute("ID token signature any", "works", "id.token.signed.response.alg", "");
        attribute("ID token signature PS256", "works", "id.token.signed.response.alg", "PS256");
        attribute("ID token signature RS256", "works", "id.token.signed.response.alg", "RS256");
        attribute("ID token encrypted", "stops id-token-encrypted", "id.token.encrypted.response.alg", "RSA-OAEP");
        attribute(
                "ID token encrypted by RSA1_5",
                "stops id-token-encrypted",
                "id.token.encrypted.response.alg",
                "RSA1_5");
        attribute("Only the content encryption of ID tokens", "works", "id.token.encrypted.response.enc", "A256GCM");
        attribute("Detached signature", "works", "id.token.as.detached.signature", "true");
        attribute("User info signed", "works", "user.info.response.signature.alg", "RS256");
        attribute("Request object signature", "works", "request.object.signature.alg", "RS256");
        attribute(
                "Request object required", "stops request-object-required", "request.object.required", "request only");
        attribute(
                "Request object or its address required",
                "stops request-object-required",
                "request.object.required",
                "request or request_uri");
        attribute(
                "Address of a request object required",
                "stops request-object-required",
                "request.object.required",
                "request_uri only");
        attribute("Request object not required", "works", "request.object.required", "not required");
        attribute("Authorization response signed", "works", "authorization.signed.response.alg", "ES256");
        attribute("Pushed requests required", "works", "require.pushed.authorization.requests", "true");
        attribute(
                "Certificate bound",
                "stops certificate-bound-tokens",
                "tls.client.certificate.bound.access.tokens",
                "true");
        attribute("Lightweight access token", "works", "client.use.lightweight.access.token.enabled", "true");
        attribute("Access token lifespan of one second", "works", "access.token.lifespan", "1");
        attribute("Access token lifespan of 68 years", "works", "access.token.lifespan", "2147483647");
        attribute("Access token lifespan without end", "works", "access.token.lifespan", "-1");
        attribute("Client session of a minute", "works", "client.session.max.lifespan", "60");
        attribute("Client session idle of a minute", "works", "client.session.idle.timeout", "60");
        attribute("Default ACR", "works", "default.acr.values", "1");
    }

    private void compatibility() {
        attribute("Exclude session state", "works", "exclude.session.state.from.auth.response", "true");
        attribute("Exclude issuer", "stops issuer-excluded", "exclude.issuer.from.auth.response", "true");
        attribute("No refresh tokens", "works", "use.refresh.tokens", "false");
        attribute("Lower-case bearer", "works", "token.response.type.bearer.lower-case", "true");
    }

    private void addresses() {
        client("Redirect URI of another provider only", "stops redirect-uri-missing", settings -> {
            String origin = settings.path("webOrigins").path(0).asText();
            settings.putArray("redirectUris").add(origin + CALLBACKS + "google");
        });
        client("Redirect URI for keycloak misspelt", "works redirect-uri-unused", settings -> {
            String origin = settings.path("webOrigins").path(0).asText();
            settings.putArray("redirectUris").add(origin + CALLBACKS + "*").add(origin + CALLBACKS + "keyclaok");
        });
        client("Redirect URI for keycloak missing", "works redirect-uri-missing", settings -> {
            String origin = settings.path("webOrigins").path(0).asText();
            settings.putArray("redirectUris").add(origin + CALLBACKS + "github");
            settings.putArray("protocolMappers").add(MadeClient.rule("github", "keycloak"));
        });
        client("Root URL", "works", settings -> settings.put("rootUrl", "https://elsewhere.example"));
    }

    private void scopes() {
        without("Scope email taken away", "works", "email");
        without("Scope profile taken away", "works", "profile");
        without("All other scopes taken away", "works", "email", "profile", "acr", "roles", "web-origins", "basic");
    }

    private void attribute(String name, String outcome, String key, String value) {
        client(name, outcome, settings -> settings.putObject("attributes").put(key, value));
    }

    private Setting client(String name, String outcome, Consumer<ObjectNode> change) {
        String clientId = MadeClient.id();
        Origin origin = new Origin("http", clientId + ".localhost", 80);
        ObjectNode made = MadeClient.application(origin);
        change.accept(made);
        administrator.createPlainClient(clientId, made);
        Setting setting = new Setting(name, clientId, origin, outcome);
        settings.add(setting);
        administrator.optIn(clientId);
        return setting;
    }

    private void without(String name, String outcome, String... scopes) {
        String client =
                administrator.idOfClient(client(name, outcome, settings -> {}).clientId());
        for (JsonNode scope : administrator.get("/client-scopes")) {
            if (List.of(scopes).contains(scope.path("name").asText())) {
                administrator.delete("/clients/" + client + "/default-client-scopes/"
                        + scope.path("id").asText());
            }
        }
    }

    private boolean signsIn(Setting setting) {
        Visitor browser = browser();
        Person person = chain.somebody();
        try {
            Answer provider = browser.browse(at(setting, "signin/github?callbackUrl=%2Fapi%2Fauth%2Fsession"));
            Answer page = browser.follow(browser.press(provider, "button[name=login][value=" + person.login() + "]"));
            if (page.document().selectFirst("[name=accept]") != null) {
                browser.follow(browser.press(page, "[name=accept]"));
            }
        } catch (ProofFailedException refused) {
            return false;
        }
        return !browser.get(at(setting, "session")).json().isNull();
    }

    private static String about(JsonNode findings, Setting setting) {
        TreeSet<String> ids = new TreeSet<>();
        for (JsonNode finding : findings) {
            if (finding.path("clientId").asText().equals(setting.clientId())) {
                ids.add(" " + finding.path("id").asText());
            }
        }
        return String.join("", ids);
    }

    private JsonNode findings() {
        String token = chain.visitor()
                .post(
                        URI.create(chain.issuer() + "/protocol/openid-connect/token"),
                        Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                DirectoryReader.CLIENT_ID,
                                "client_secret",
                                chain.secrets().facadeAccount()))
                .json()
                .path("access_token")
                .asText();
        return chain.visitor()
                .get(URI.create(chain.issuer() + "/multi-client-auth/doctor"), "Authorization", "Bearer " + token)
                .json()
                .path("findings");
    }

    private Visitor browser() {
        return new Visitor(names.client());
    }

    private static URI at(Setting setting, String action) {
        return URI.create(setting.origin() + "/api/auth/" + action);
    }
}
