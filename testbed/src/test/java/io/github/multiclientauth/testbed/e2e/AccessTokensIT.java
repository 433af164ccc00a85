package io.github.multiclientauth.testbed.e2e;

import static io.github.multiclientauth.testbed.e2e.SessionsRealm.BLOG;
import static io.github.multiclientauth.testbed.e2e.SessionsRealm.JSON;
import static io.github.multiclientauth.testbed.e2e.SessionsRealm.OTHER;
import static io.github.multiclientauth.testbed.e2e.SessionsRealm.SHOP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.e2e.SessionsRealm.SignedIn;
import io.github.multiclientauth.testbed.facade.FacadeServer;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.proof.SignIn;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.web.Parameters;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Access tokens for an application's own server, from its request to Keycloak's signature. */
@EndToEnd
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class AccessTokensIT {

    private static final String CLIENT_ID = "calling";
    private static final String API = "an-api";
    private static final String CLIENT_SECRET = UUID.randomUUID().toString();
    private static final String AUTH_SECRET = UUID.randomUUID() + "/" + UUID.randomUUID();

    /** A change is known after a second, and a busy machine needs a while to ask. */
    private static final Duration SOON = Duration.ofSeconds(2);

    @RegisterExtension
    static final Started STARTED = new Started();

    private static final HttpClient SERVER = HttpClient.newHttpClient();

    private static Chain chain;
    private static KeycloakAdministrator administrator;
    private static LineToKeycloak line;
    private static Origin application;
    private static SessionsRealm realm;

    @BeforeAll
    static void start_a_facade_behind_a_line(Chain running) throws IOException {
        chain = running;
        administrator = chain.administrator();
        Ports ports = Ports.free();
        application = new Origin("http", "localhost", ports.facade());
        line = STARTED.add(new LineToKeycloak(chain.keycloak().port(), ports.keycloak()));
        line.restore();
        administrator.createPlainClient(API, JSON.createObjectNode().put("publicClient", true));
        FacadeServer facade = STARTED.add(OwnFacade.start(
                chain,
                ports,
                Map.of(
                        "MCA_CLIENTS_CALLING_SECRET", CLIENT_SECRET,
                        "MCA_CLIENTS_CALLING_AUTH_SECRET", AUTH_SECRET,
                        "JAVA_TOOL_OPTIONS", line.jvmOptions()),
                "facade-access-tokens.log"));
        assertThat(facade.address().getPort()).isEqualTo(application.port());
        STARTED.add(() -> administrator.deleteClient(API));
        realm = SessionsRealm.create(chain);
        STARTED.add(() -> realm.administrator().deleteRealm());
    }

    private static URI at(String action) {
        return URI.create(application + "/api/auth/" + action);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What the browser sends to the application, whose server passes it on. */
    private static String cookies(Visitor visitor) {
        return new Auth(visitor, application)
                .cookies().stream()
                        .map(cookie -> cookie.name() + "=" + cookie.value())
                        .collect(Collectors.joining("; "));
    }

    /** What a server sends: never in a browser's history. */
    private static HttpResponse<String> send(HttpRequest request) {
        return SERVER.sendAsync(request, BodyHandlers.ofString()).join();
    }

    private static JsonNode claims(HttpResponse<String> answer) {
        return SessionsRealm.claims(SessionsRealm.json(answer.body()), "access_token");
    }

    @Nested
    class AtTheFacade {

        private final Person person = chain.somebody();
        private final Visitor visitor = chain.visitor();
        private final Auth auth = new Auth(visitor, application);

        @BeforeEach
        void create_a_client_and_sign_in() throws Exception {
            ObjectNode settings = MadeClient.application(application).put("publicClient", false);
            settings.putArray("protocolMappers").add(MadeClient.audience(API)).add(MadeClient.apiAccess(API, ""));
            administrator.createClient(CLIENT_ID, CLIENT_SECRET, settings);
            awaitStatus(200);
            new SignIn(visitor, application).as(person.login());
            line.forget();
        }

        @AfterEach
        void delete_it() throws Exception {
            administrator.deleteClient(CLIENT_ID);
            awaitStatus(400);
        }

        private void awaitStatus(int expected) throws Exception {
            Visitor nobody = chain.visitor();
            Soon.see(() -> nobody.get(at("providers")).status(), status -> status == expected);
        }

        private HttpRequest.Builder request(Map<String, String> form, String... headers) {
            HttpRequest.Builder request = HttpRequest.newBuilder(at("token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(Parameters.encode(form)));
            request.header("Cookie", cookies(visitor));
            return headers.length == 0 ? request : request.headers(headers);
        }

        private HttpResponse<String> token(String... headers) {
            return send(request(asserted(claims -> {}), headers).build());
        }

        private static Map<String, String> asserted(Consumer<ObjectNode> change) {
            return Map.of(
                    "client_assertion_type",
                    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                    "client_assertion",
                    assertion(change));
        }

        private static String assertion(Consumer<ObjectNode> change) {
            long now = Instant.now().getEpochSecond();
            ObjectNode claims = JSON.createObjectNode()
                    .put("iss", CLIENT_ID)
                    .put("sub", CLIENT_ID)
                    .put("aud", at("token").toString())
                    .put("iat", now)
                    .put("exp", now + 60)
                    .put("jti", UUID.randomUUID().toString());
            change.accept(claims);
            String content = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8)) + "."
                    + base64(claims.toString().getBytes(UTF_8));
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(AUTH_SECRET.getBytes(UTF_8), "HmacSHA256"));
                return content + "." + base64(mac.doFinal(content.getBytes(UTF_8)));
            } catch (java.security.GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void assertRefused(HttpResponse<String> answer, int status, String error) {
            assertThat(answer.body()).contains("\"error\":\"" + error + "\"").doesNotContain("eyJ");
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.headers().map().keySet())
                    .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control-"));
        }

        @Test
        void the_server_gets_a_token_that_the_api_can_check() {
            HttpResponse<String> answer = token();

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode token = SessionsRealm.json(answer.body());
            assertThat(token.path("token_type").asText()).isEqualTo("Bearer");
            assertThat(token.path("expires_in").asInt()).isBetween(30, 300);
            JsonNode claims = claims(answer);
            assertThat(claims.path("iss").asText()).isEqualTo(chain.issuer().toString());
            assertThat(claims.path("azp").asText()).isEqualTo(CLIENT_ID);
            assertThat(claims.path("aud").asText()).as("narrowed").isEqualTo(API);
            assertThat(claims.path("sub").asText())
                    .isEqualTo(auth.session().path("user").path("id").asText());
            assertThat(claims.path("clientOrigin").asText()).isEqualTo(application.toString());
            assertThat(send(HttpRequest.newBuilder(URI.create(chain.issuer() + "/protocol/openid-connect/userinfo"))
                                    .header(
                                            "Authorization",
                                            "Bearer "
                                                    + token.path("access_token").asText())
                                    .build())
                            .statusCode())
                    .as("Keycloak's own check of it")
                    .isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        }

        @Test
        void secrets_will_do_as_well() {
            for (String secret : List.of(AUTH_SECRET, CLIENT_SECRET)) {
                assertThat(send(request(Map.of("client_id", CLIENT_ID, "client_secret", secret))
                                        .build())
                                .statusCode())
                        .isEqualTo(200);
                String basic = Base64.getEncoder().encodeToString((CLIENT_ID + ":" + secret).getBytes(UTF_8));
                assertThat(send(request(Map.of(), "Authorization", "Basic " + basic)
                                        .build())
                                .statusCode())
                        .isEqualTo(200);
            }
        }

        /** RFC 6749, section 5.2. A browser gets 403 before, and so never asks its user for a password. */
        @Test
        void a_wrong_secret_in_the_authorization_is_answered_with_a_challenge() {
            String[] wrong = {
                "Authorization", "Basic " + Base64.getEncoder().encodeToString((CLIENT_ID + ":wrong").getBytes(UTF_8))
            };
            HttpResponse<String> answer = send(request(Map.of(), wrong).build());
            assertRefused(answer, 401, "invalid_client");
            assertThat(answer.headers().firstValue("WWW-Authenticate"))
                    .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Basic realm=\""));

            for (String[] header : List.of(
                    new String[] {"Origin", application.toString()},
                    new String[] {"Sec-Fetch-Site", "same-origin"},
                    new String[] {"Sec-Fetch-Site", "cross-site"},
                    new String[] {"Sec-Fetch-Dest", "document"},
                    new String[] {"Sec-Fetch-User", "?1"})) {
                HttpResponse<String> browsers =
                        send(request(Map.of(), wrong).headers(header).build());
                assertRefused(browsers, 403, "access_denied");
                assertThat(browsers.headers().firstValue("WWW-Authenticate")).isEmpty();
            }
            assertThat(send(request(Map.of("client_id", CLIENT_ID, "client_secret", "wrong"))
                                    .build())
                            .headers()
                            .firstValue("WWW-Authenticate"))
                    .as("for a secret in the form")
                    .isEmpty();
        }

        @Test
        void nobody_else_gets_one_and_keycloak_is_not_asked() {
            long now = Instant.now().getEpochSecond();
            assertRefused(
                    send(request(Map.of("client_id", CLIENT_ID, "client_secret", "wrong"))
                            .build()),
                    401,
                    "invalid_client");
            assertRefused(send(request(Map.of()).build()), 401, "invalid_client");
            assertRefused(
                    send(request(asserted(claims -> claims.put("aud", "http://evil.example/api/auth/token")))
                            .build()),
                    401,
                    "invalid_client");
            assertRefused(
                    send(request(asserted(claims -> claims.put("iat", now - 120).put("exp", now - 60)))
                            .build()),
                    401,
                    "invalid_client");
            assertRefused(token("Origin", application.toString()), 403, "access_denied");
            assertRefused(token("Sec-Fetch-Site", "same-origin"), 403, "access_denied");
            assertRefused(token("Sec-Fetch-Dest", "empty"), 403, "access_denied");
            HttpResponse<String> preFlight = send(HttpRequest.newBuilder(at("token"))
                    .method("OPTIONS", BodyPublishers.noBody())
                    .header("Origin", application.toString())
                    .header("Access-Control-Request-Method", "POST")
                    .build());
            assertThat(preFlight.statusCode()).isEqualTo(400);
            assertThat(preFlight.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
            assertThat(questions()).isEmpty();

            assertThat(token("Sec-Fetch-Mode", "cors").statusCode())
                    .as("the fetch of Node.js")
                    .isEqualTo(200);
        }

        private List<String> questions() {
            return line.asked().stream()
                    .filter(path -> path.contains("/sessions/") && path.endsWith("/token"))
                    .toList();
        }

        @Test
        void a_hundred_requests_are_one_question() {
            List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 100)
                    .mapToObj(each ->
                            SERVER.sendAsync(request(asserted(claims -> {})).build(), BodyHandlers.ofString()))
                    .toList();
            Set<String> tokens = answers.stream()
                    .map(CompletableFuture::join)
                    .map(answer -> SessionsRealm.json(answer.body())
                            .path("access_token")
                            .asText())
                    .collect(Collectors.toSet());

            assertThat(tokens).hasSize(1).noneMatch(String::isEmpty);
            assertThat(questions()).hasSize(1);
        }

        @Test
        void a_session_that_was_signed_out_elsewhere_gets_none() throws Exception {
            assertThat(token().statusCode()).isEqualTo(200);
            administrator.logOut(auth.session().path("user").path("id").asText());
            assertNoneSoon(400, "invalid_grant");
        }

        @Test
        void a_disabled_user_gets_none() throws Exception {
            assertThat(token().statusCode()).isEqualTo(200);
            administrator.disable(auth.session().path("user").path("id").asText());
            assertNoneSoon(400, "invalid_grant");
        }

        @Test
        void a_session_that_breaks_a_new_rule_gets_none() throws Exception {
            assertThat(token().statusCode()).isEqualTo(200);
            administrator.addMapper(CLIENT_ID, MadeClient.rule("google"));
            assertNoneSoon(400, "invalid_grant");
        }

        @Test
        void without_the_mapper_there_is_none() throws Exception {
            assertThat(token().statusCode()).isEqualTo(200);
            administrator.removeMapper(CLIENT_ID, "API access");
            assertNoneSoon(400, "unauthorized_client");
        }

        private void assertNoneSoon(int status, String error) throws Exception {
            long changed = System.nanoTime();
            Soon.see(() -> token().statusCode(), seen -> seen != 200);
            assertThat(Duration.ofNanos(System.nanoTime() - changed)).isLessThan(SOON.multipliedBy(2));
            assertRefused(token(), status, error);
        }

        @Test
        void our_claims_stay_when_scopes_are_narrowed() throws Exception {
            administrator.removeMapper(CLIENT_ID, "API access");
            administrator.addMapper(CLIENT_ID, MadeClient.apiAccess(API, "email"));

            HttpResponse<String> answer = Soon.see(
                    () -> token(),
                    seen -> seen.statusCode() == 200
                            && claims(seen).path("scope").asText().equals("email"));

            assertThat(claims(answer).path("clientOrigin").asText()).isEqualTo(application.toString());
            assertThat(claims(answer).path("clientId").asText()).isEqualTo(CLIENT_ID);
            assertThat(claims(answer).has("name"))
                    .as("a claim of the scope profile")
                    .isFalse();
        }

        /** An API that takes tokens of its own client, as of a mobile app, has to know those of a page. */
        @Test
        void a_token_shows_that_it_is_of_a_page_whatever_the_switch_says() throws Exception {
            administrator.configureMapperOfScope("multi-client-auth", "client origin", "access.token.claim", "false");
            try {
                assertThat(claims(token()).path("clientOrigin").asText()).isEqualTo(application.toString());
            } finally {
                administrator.configureMapperOfScope(
                        "multi-client-auth", "client origin", "access.token.claim", "true");
            }
        }

        @Test
        void while_keycloak_is_away_a_token_that_was_issued_is_used_and_no_other() {
            Visitor another = chain.visitor();
            new SignIn(another, application).as(chain.somebody().login());
            String issued = token().body();
            line.cut();
            try {
                assertThat(SessionsRealm.json(token().body()).path("access_token"))
                        .isEqualTo(SessionsRealm.json(issued).path("access_token"));
                HttpRequest ofAnother = HttpRequest.newBuilder(at("token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Cookie", cookies(another))
                        .POST(BodyPublishers.ofString(Parameters.encode(asserted(claims -> {}))))
                        .build();
                assertRefused(send(ofAnother), 503, "temporarily_unavailable");
            } finally {
                line.restore();
            }
        }

        @Test
        void a_token_is_bound_to_the_key_that_the_server_shows() throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair key = generator.generateKeyPair();
            ECPublicKey shown = (ECPublicKey) key.getPublic();
            // The members in the order of RFC 7638.
            String jwk = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\""
                    + coordinate(shown.getW().getAffineX()) + "\",\"y\":\""
                    + coordinate(shown.getW().getAffineY()) + "\"}";

            HttpResponse<String> bound = token("DPoP", proof(key, jwk));

            assertThat(bound.statusCode()).as(bound.body()).isEqualTo(200);
            assertThat(SessionsRealm.json(bound.body()).path("token_type").asText())
                    .isEqualTo("DPoP");
            assertThat(claims(bound).path("cnf").path("jkt").asText())
                    .isEqualTo(base64(MessageDigest.getInstance("SHA-256").digest(jwk.getBytes(UTF_8))));
            assertThat(claims(token()).has("cnf")).as("without a proof").isFalse();
            assertRefused(token("DPoP", "no.proof.there"), 400, "invalid_dpop_proof");

            administrator.updateClient(
                    CLIENT_ID,
                    JSON.createObjectNode()
                            .set("attributes", JSON.createObjectNode().put("dpop.bound.access.tokens", "true")));
            // Until the facade has read its list again, it is Keycloak that refuses.
            Soon.see(() -> token().body(), body -> body.contains("invalid_dpop_proof"));
            assertRefused(token(), 400, "invalid_dpop_proof");
            assertThat(token("DPoP", proof(key, jwk)).statusCode()).isEqualTo(200);
        }

        private String proof(KeyPair key, String jwk) throws Exception {
            ObjectNode claims = JSON.createObjectNode()
                    .put("htm", "POST")
                    .put("htu", at("token").toString())
                    .put("iat", Instant.now().getEpochSecond())
                    .put("jti", UUID.randomUUID().toString());
            String content = base64(("{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":" + jwk + "}").getBytes(UTF_8))
                    + "." + base64(claims.toString().getBytes(UTF_8));
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key.getPrivate());
            signature.update(content.getBytes(UTF_8));
            return content + "." + base64(signature.sign());
        }

        private static String coordinate(BigInteger value) {
            byte[] bytes = value.toByteArray();
            byte[] fixed = new byte[32];
            int length = Math.min(bytes.length, fixed.length);
            System.arraycopy(bytes, bytes.length - length, fixed, fixed.length - length, length);
            return base64(fixed);
        }
    }

    /** The endpoint of the extension, with users who gave Keycloak their password. */
    @Nested
    class AtKeycloak {

        private static final String API_ACCESS = "API access";

        @BeforeAll
        static void prepare() {
            realm.createRole(SessionsRealm.TOKENS_ROLE);
            for (String api : List.of("api-a", "api-b")) {
                realm.administrator()
                        .createPlainClient(api, JSON.createObjectNode().put("publicClient", true));
                realm.administrator()
                        .post(
                                "/clients/" + realm.administrator().idOfClient(api) + "/roles",
                                JSON.createObjectNode().put("name", "use"));
            }
        }

        @AfterEach
        void remove_the_mapper() {
            String mappers = "/clients/" + realm.administrator().idOfClient(SHOP) + "/protocol-mappers/models";
            for (JsonNode mapper : realm.administrator().get(mappers)) {
                if (mapper.path("name").asText().equals(API_ACCESS)) {
                    realm.administrator()
                            .delete(mappers + "/" + mapper.path("id").asText());
                }
            }
        }

        private void give(String audiences, String scopes) {
            remove_the_mapper();
            realm.administrator().addMapper(SHOP, MadeClient.apiAccess(audiences, scopes));
        }

        private SignedIn userOfBothApis(String scope) {
            String name = realm.newUser();
            String user = realm.administrator()
                    .get("/users?exact=true&username=" + name)
                    .path(0)
                    .path("id")
                    .asText();
            for (String api : List.of("api-a", "api-b")) {
                String client = realm.administrator().idOfClient(api);
                realm.administrator()
                        .post(
                                "/users/" + user + "/role-mappings/clients/" + client,
                                JSON.createArrayNode()
                                        .add(realm.administrator().get("/clients/" + client + "/roles/use")));
            }
            return realm.signIn(SHOP, name, scope);
        }

        private static ObjectNode question(SignedIn person) {
            return JSON.createObjectNode().put("client", SHOP).put("confirmedAt", person.at());
        }

        private static HttpResponse<String> token(SignedIn person) {
            return realm.token(realm.facadeToken(), person.sid(), question(person));
        }

        private static void assertRefused(HttpResponse<String> answer, boolean ended, String reason) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
            JsonNode refusal = SessionsRealm.json(answer.body());
            assertThat(refusal.path("ended").asBoolean()).isEqualTo(ended);
            assertThat(refusal.path("reason").asText()).contains(reason);
        }

        @Test
        void a_token_is_what_a_refresh_would_bring() {
            give("", "");
            SignedIn person = userOfBothApis("openid email profile");

            HttpResponse<String> answer = token(person);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode issued = claims(answer);
            JsonNode refreshed = SessionsRealm.claims(realm.refresh(SHOP, person), "access_token");
            for (String claim :
                    List.of("iss", "sub", "sid", "azp", "typ", "realm_access", "resource_access", "email")) {
                assertThat(issued.path(claim)).as(claim).isEqualTo(refreshed.path(claim));
            }
            assertThat(words(issued.path("scope").asText()))
                    .isEqualTo(words(refreshed.path("scope").asText()));
            assertThat(SessionsRealm.json(answer.body()).path("sub").asText()).isEqualTo(person.userId());
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        }

        private static Set<String> words(String scope) {
            return Set.copyOf(Arrays.asList(scope.split(" ")));
        }

        @Test
        void its_audience_and_its_roles_are_narrowed() {
            give("api-a##unknown", "");
            SignedIn person = userOfBothApis("openid");

            JsonNode claims = claims(token(person));

            assertThat(claims.path("aud").asText()).isEqualTo("api-a");
            assertThat(claims.path("resource_access").fieldNames()).toIterable().containsExactly("api-a");
        }

        @Test
        void a_user_for_whom_no_audience_is_left_gets_none() {
            give("api-a", "");

            assertRefused(token(realm.signIn(SHOP)), false, "audiences api-a");
        }

        @Test
        void its_scopes_are_narrowed_and_never_widened() {
            give("", "profile##phone##offline_access");
            SignedIn person = userOfBothApis("openid email profile");

            HttpResponse<String> answer = token(person);

            JsonNode claims = claims(answer);
            assertThat(claims.path("scope").asText()).isEqualTo("profile");
            assertThat(SessionsRealm.json(answer.body()).path("scope").asText()).isEqualTo("profile");
            assertThat(claims.has("email")).as("a claim of the scope email").isFalse();
            assertThat(claims.has("name")).as("a claim of the scope profile").isTrue();
            assertThat(claims.path("sub").asText()).isEqualTo(person.userId());
        }

        @Test
        void without_the_mapper_or_with_nobody_there_is_none() {
            SignedIn person = realm.signIn(SHOP);
            assertRefused(token(person), false, "API access");

            ObjectNode nobody = MadeClient.apiAccess("", "");
            nobody.withObject("/config").put("tokens.for", "nobody");
            realm.administrator().addMapper(SHOP, nobody);
            assertRefused(token(person), false, "API access");
        }

        @Test
        void a_client_with_certificate_bound_tokens_gets_none() {
            give("", "");
            SignedIn person = realm.signIn(SHOP);
            attribute("tls.client.certificate.bound.access.tokens", "true");
            try {
                assertRefused(token(person), false, "TLS certificate");
            } finally {
                attribute("tls.client.certificate.bound.access.tokens", "false");
            }
        }

        @Test
        void a_client_that_demands_a_key_gets_none_without_one() {
            give("", "");
            SignedIn person = realm.signIn(SHOP);
            attribute("dpop.bound.access.tokens", "true");
            try {
                assertRefused(token(person), false, "DPoP");
                String thumbprint = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
                HttpResponse<String> bound = realm.token(
                        realm.facadeToken(), person.sid(), question(person).put("jkt", thumbprint));
                assertThat(claims(bound).path("cnf").path("jkt").asText()).isEqualTo(thumbprint);
                assertThat(SessionsRealm.json(bound.body()).path("token_type").asText())
                        .isEqualTo("DPoP");
            } finally {
                attribute("dpop.bound.access.tokens", "false");
            }
        }

        private void attribute(String name, String value) {
            realm.administrator()
                    .updateClient(
                            SHOP,
                            JSON.createObjectNode()
                                    .set("attributes", JSON.createObjectNode().put(name, value)));
        }

        @Test
        void a_session_that_is_over_gets_none() {
            give("", "");
            SignedIn person = realm.signIn(SHOP);
            realm.administrator().disable(person.userId());
            assertRefused(token(person), true, "User disabled");

            SignedIn ended = realm.signIn(SHOP);
            realm.administrator().endSession(ended.sid());
            assertThat(token(ended).statusCode()).isEqualTo(404);
            assertThat(token(ended).body()).isEmpty();
        }

        @Test
        void a_session_of_another_client_gets_none() {
            give("", "");
            assertThat(token(realm.signIn(BLOG)).statusCode()).isEqualTo(404);

            SignedIn other = realm.signIn(OTHER);
            assertThat(realm.token(
                                    realm.facadeToken(),
                                    other.sid(),
                                    question(other).put("client", OTHER))
                            .statusCode())
                    .as("of a client that is no application")
                    .isEqualTo(404);
        }

        @Test
        void only_an_account_with_the_role_gets_any() {
            give("", "");
            SignedIn person = realm.signIn(SHOP);
            realm.giveRole(SessionsRealm.TOKENS_ROLE, false);
            try {
                assertThat(token(person).statusCode()).isEqualTo(403);
                assertThat(realm.askOne(SessionsRealm.question(SHOP, person))
                                .path("alive")
                                .asBoolean())
                        .as("with the role for sessions alone")
                        .isTrue();
            } finally {
                realm.giveRole(SessionsRealm.TOKENS_ROLE, true);
            }
            assertThat(realm.token(realm.userToken(), person.sid(), question(person))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(realm.token(null, person.sid(), question(person)).statusCode())
                    .isEqualTo(401);
            assertThat(realm.token(realm.facadeToken(), person.sid(), JSON.createObjectNode())
                            .statusCode())
                    .isEqualTo(400);
        }

        @Test
        void keycloak_has_an_event_of_each() {
            give("", "");
            SignedIn person = realm.signIn(SHOP);
            token(person);
            remove_the_mapper();
            token(person);

            JsonNode events = realm.administrator().get("/events?user=" + person.userId());
            assertThat(events.findValuesAsText("type")).contains("TOKEN_EXCHANGE", "TOKEN_EXCHANGE_ERROR");
            assertThat(events.toString()).contains("API access").doesNotContain("eyJ");
        }
    }
}
