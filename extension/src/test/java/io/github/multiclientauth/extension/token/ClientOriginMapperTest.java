package io.github.multiclientauth.extension.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.extension.Fake;
import io.github.multiclientauth.extension.Providers;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.ProtocolMapperConfigException;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.IDToken;

class ClientOriginMapperTest {

    private static final Map<String, Object> CLAIMS =
            Map.of("clientOrigin", "http://localhost:3000", "clientId", "portfolio", "provider", "github");

    private final Map<String, String> config = new HashMap<>(Map.of(
            "access.token.claim", "true",
            "id.token.claim", "true",
            "userinfo.token.claim", "true",
            "introspection.token.claim", "true"));

    private String originNote = "http://localhost:3000";
    private String providerNote = "github";
    private String sessionProvider = "google";
    private String lightweight = "false";
    private String email = "ADA@example.com";
    private boolean verified;
    private String impersonator;

    @Test
    void writes_the_same_claims_everywhere() {
        assertThat(accessToken().getOtherClaims()).isEqualTo(CLAIMS);
        assertThat(idToken().getOtherClaims()).isEqualTo(CLAIMS);
        assertThat(userInfo().getOtherClaims()).isEqualTo(CLAIMS);
        assertThat(introspection().getOtherClaims()).isEqualTo(CLAIMS);
    }

    @Test
    void says_who_impersonates_the_user() {
        impersonator = "42";

        Stream.of(accessToken(), idToken(), userInfo(), introspection())
                .forEach(token -> assertThat(token.getOtherClaims())
                        .containsAllEntriesOf(CLAIMS)
                        .containsEntry("act", Map.of("sub", "42", "name", "root")));
    }

    @ParameterizedTest
    @CsvSource({
        "minimum.acr, gold",
        "minimum.acr, urn:mace:incommon:iap:silver",
        "minimum.acr, ''",
        "minimum.acr, ",
        "maximum.age, 0",
        "maximum.age, ' 300 '",
    })
    void takes_demands_that_can_be_understood(String setting, String value) {
        config.put(setting, value);

        assertThatNoException().isThrownBy(() -> new ClientOriginMapper().validateConfig(null, null, null, mapper()));
    }

    @ParameterizedTest
    @CsvSource({
        "minimum.acr, gold silver",
        "maximum.age, -1",
        "maximum.age, soon",
        "maximum.age, 1.5",
        "maximum.age, 100000000",
        "maximum.age, \u0665",
    })
    void refuses_demands_that_cannot_be_understood(String setting, String value) {
        config.put(setting, value);

        assertThatThrownBy(() -> new ClientOriginMapper().validateConfig(null, null, null, mapper()))
                .isInstanceOf(ProtocolMapperConfigException.class);
    }

    @Test
    void each_place_has_its_switch() {
        config.put("access.token.claim", "false");
        assertThat(accessToken().getOtherClaims()).isEmpty();
        assertThat(idToken().getOtherClaims()).isEqualTo(CLAIMS);
        config.put("id.token.claim", "false");
        assertThat(idToken().getOtherClaims()).isEmpty();
        assertThat(userInfo().getOtherClaims()).isEqualTo(CLAIMS);
        config.put("userinfo.token.claim", "false");
        assertThat(userInfo().getOtherClaims()).isEmpty();
        assertThat(introspection().getOtherClaims()).isEqualTo(CLAIMS);
        config.put("introspection.token.claim", "false");
        assertThat(introspection().getOtherClaims()).isEmpty();
    }

    @Test
    void marks_a_token_of_a_page_whatever_the_switches_say() {
        config.put("access.token.claim", "false");
        AccessToken token = accessToken();
        ClientOriginMapper.mark(token, context().getClientSession());
        assertThat(token.getOtherClaims()).isEqualTo(Map.of("clientOrigin", "http://localhost:3000"));
    }

    @Test
    void keeps_lightweight_tokens_light() {
        lightweight = "true";
        assertThat(accessToken().getOtherClaims()).isEmpty();
        config.put("lightweight.claim", "true");
        assertThat(accessToken().getOtherClaims()).isEqualTo(CLAIMS);
    }

    @Test
    void puts_the_client_into_the_audience_of_access_tokens_only() {
        assertThat(accessToken().getAudience()).containsExactly("portfolio");
        assertThat(idToken().getAudience()).isNull();
        assertThat(userInfo().getAudience()).isNull();
        assertThat(introspection().getAudience()).isNull();
    }

    @Test
    void does_not_change_the_audience_if_configured_so() {
        config.put("client.in.audience", "false");
        assertThat(accessToken().getAudience()).isNull();
    }

    @Test
    void a_token_without_a_browser_sign_in_has_only_the_client_id() {
        for (String note : new String[] {null, ""}) {
            originNote = note;
            assertThat(accessToken().getOtherClaims()).isEqualTo(Map.of("clientId", "portfolio"));
        }
    }

    /** Signing in again at another application may have changed the session's. */
    @Test
    void the_provider_is_the_one_that_this_client_was_signed_in_to_with() {
        assertThat(accessToken().getOtherClaims()).containsEntry("provider", "github");
    }

    @Test
    void without_a_note_of_this_client_the_sessions_provider_counts() {
        for (String note : new String[] {null, ""}) {
            providerNote = note;
            sessionProvider = "google";
            assertThat(accessToken().getOtherClaims()).containsEntry("provider", "google");
            sessionProvider = null;
            assertThat(accessToken().getOtherClaims()).containsEntry("provider", "keycloak");
        }
    }

    @Test
    void an_applications_own_provider_goes_by_the_name_of_the_shared_one() {
        providerNote = null;
        sessionProvider = "github-portfolio";
        assertThat(accessToken().getOtherClaims()).isEqualTo(CLAIMS);
    }

    @Nested
    class WithholdingUnverifiedAddresses {

        @BeforeEach
        void switch_it_on() {
            config.put("withhold.unverified.email", "true");
        }

        @Test
        void takes_them_out_of_every_place() {
            Stream.of(accessToken(), idToken(), userInfo(), introspection()).forEach(token -> {
                assertThat(token.getEmail()).isNull();
                assertThat(token.getEmailVerified()).isNull();
                assertThat(token.getPreferredUsername()).isNull();
                assertThat(token.getName()).isEqualTo("Ada");
                assertThat(token.getOtherClaims()).isEqualTo(CLAIMS);
            });
        }

        /** Also from lightweight tokens, and where our claims are switched off. */
        @Test
        void takes_them_out_where_our_own_claims_are_not() {
            config.putAll(Map.of("access.token.claim", "false", "id.token.claim", "false"));
            assertThat(accessToken().getEmail()).isNull();
            assertThat(idToken().getEmail()).isNull();
            lightweight = "true";
            assertThat(accessToken().getEmail()).isNull();
        }

        @Test
        void keeps_verified_addresses() {
            verified = true;
            Stream.of(accessToken(), idToken(), userInfo(), introspection())
                    .forEach(token -> assertThat(token.getEmail()).isEqualTo("ada@example.com"));
        }

        @Test
        void without_an_address_there_is_nothing_but_the_statement_to_take_out() {
            email = null;
            assertThat(idToken().getEmailVerified()).isNull();
            assertThat(idToken().getName()).isEqualTo("Ada");
        }
    }

    @Test
    void keeps_e_mail_addresses_unless_configured_otherwise() {
        assertThat(idToken().getEmail()).isEqualTo("ada@example.com");
    }

    /** Keycloak runs mappers from the lowest number to the highest; those of its own have 0 to 50 or so. */
    @Test
    void runs_after_every_mapper_that_writes_an_address() {
        assertThat(new ClientOriginMapper().getPriority()).isEqualTo(Integer.MAX_VALUE);
    }

    /** The token that the mappers before have left. */
    private <T extends IDToken> T written(T token) {
        token.setEmail("ada@example.com");
        token.setEmailVerified(verified);
        token.setPreferredUsername("Ada@Example.com");
        token.setName("Ada");
        return token;
    }

    private AccessToken accessToken() {
        return new ClientOriginMapper()
                .transformAccessToken(written(new AccessToken()), mapper(), session(), userSession(), context());
    }

    private IDToken idToken() {
        return new ClientOriginMapper()
                .transformIDToken(written(new IDToken()), mapper(), session(), userSession(), context());
    }

    private AccessToken userInfo() {
        return new ClientOriginMapper()
                .transformUserInfoToken(written(new AccessToken()), mapper(), session(), userSession(), context());
    }

    private AccessToken introspection() {
        return new ClientOriginMapper()
                .transformIntrospectionToken(written(new AccessToken()), mapper(), session(), userSession(), context());
    }

    private ProtocolMapperModel mapper() {
        ProtocolMapperModel mapper = new ProtocolMapperModel();
        mapper.setConfig(config);
        return mapper;
    }

    private KeycloakSession session() {
        return Fake.of(KeycloakSession.class)
                .answering("getAttribute", null)
                .answering(
                        "identityProviders",
                        new Providers().with("github").with("github-portfolio").storage())
                .answering(
                        "getContext",
                        Fake.of(KeycloakContext.class)
                                .answering("getClient", client())
                                .build())
                .build();
    }

    private ClientModel client() {
        return Fake.of(ClientModel.class)
                .answering("getClientId", "portfolio")
                .answering("getAttribute", lightweight)
                .doing("getProtocolMappersStream", arguments -> Stream.empty())
                .answering("getClientScopes", Map.of())
                .build();
    }

    private UserSessionModel userSession() {
        return Fake.of(UserSessionModel.class)
                .answering(
                        "getUser",
                        Fake.of(UserModel.class)
                                .answering("getEmail", email)
                                .answering("isEmailVerified", verified)
                                .build())
                .doing("getNote", arguments -> switch ((String) arguments[0]) {
                    case "identity_provider" -> sessionProvider;
                    case "AUTH_TIME" -> "1";
                    case "IMPERSONATOR_ID" -> impersonator;
                    case "IMPERSONATOR_USERNAME" -> "root";
                    default -> null;
                })
                .answering("getAuthenticatedClientSessions", Map.of())
                .build();
    }

    private ClientSessionContext context() {
        return Fake.of(ClientSessionContext.class)
                .answering(
                        "getClientSession",
                        Fake.of(AuthenticatedClientSessionModel.class)
                                .answering("getClient", client())
                                .doing(
                                        "getNote",
                                        arguments -> arguments[0].equals("multi-client-auth.origin")
                                                ? originNote
                                                : providerNote)
                                .build())
                .build();
    }
}
