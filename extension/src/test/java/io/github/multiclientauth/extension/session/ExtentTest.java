package io.github.multiclientauth.extension.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.Fake;
import io.github.multiclientauth.extension.token.ClientOriginMapper;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

class ExtentTest {

    private static final ClientModel SHOP = client("shop", false);
    private static final ClientModel BLOG = client("blog", false);

    private final UserSessionModel own = session("own", "ada", null, "shop");

    @Test
    void is_all_sessions_of_the_user_alone() {
        Extent extent = Extent.of(own, SHOP, false);

        assertThat(extent.includes(own)).isTrue();
        assertThat(extent.includes(session("other", "ada", null, "blog"))).isTrue();
        assertThat(extent.includes(session("other", "grace", null, "shop"))).isFalse();
        assertThat(extent.includes(session("other", null, null, "shop"))).isFalse();
        assertThat(extent.shows(at(SHOP))).isTrue();
        assertThat(extent.shows(at(BLOG))).isTrue();
        assertThat(extent.shows(at(null))).isFalse();
    }

    /** The request can narrow what a mapper of the client allows, and never widen it. */
    @ParameterizedTest
    @CsvSource({"true, false", "false, true", "true, true"})
    void is_that_of_one_client_if_its_mapper_or_the_request_says_so(boolean mapper, boolean request) {
        Extent extent = Extent.of(own, client("shop", mapper), request);

        assertThat(extent.includes(own)).isTrue();
        assertThat(extent.includes(session("other", "ada", null, "shop", "blog")))
                .isTrue();
        assertThat(extent.includes(session("other", "ada", null, "blog"))).isFalse();
        assertThat(extent.includes(session("other", "grace", null, "shop"))).isFalse();
        assertThat(extent.shows(at(SHOP))).isTrue();
        assertThat(extent.shows(at(BLOG))).isFalse();
        assertThat(extent.shows(at(null))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void is_one_session_for_an_administrator_who_acts_as_the_user(boolean request) {
        UserSessionModel administrators = session("own", "ada", "administrator", "shop");
        Extent extent = Extent.of(administrators, SHOP, request);

        assertThat(extent.includes(administrators)).isTrue();
        assertThat(extent.includes(session("other", "ada", null, "shop"))).isFalse();
    }

    private static UserSessionModel session(String id, String user, String impersonator, String... clients) {
        return Fake.of(UserSessionModel.class)
                .answering("getId", id)
                .answering("getUser", user == null ? null : user(user))
                .answering("getNote", impersonator)
                .doing(
                        "getAuthenticatedClientSessionByClient",
                        client -> Set.of(clients).contains(client[0]) ? at(SHOP) : null)
                .build();
    }

    private static UserModel user(String id) {
        return Fake.of(UserModel.class).answering("getId", id).build();
    }

    private static AuthenticatedClientSessionModel at(ClientModel client) {
        return Fake.of(AuthenticatedClientSessionModel.class)
                .answering("getClient", client)
                .build();
    }

    private static ClientModel client(String id, boolean showsOwnSessionsOnly) {
        ProtocolMapperModel mapper = new ProtocolMapperModel();
        mapper.setProtocolMapper(new ClientOriginMapper().getId());
        mapper.setConfig(Map.of("own.sessions.only", Boolean.toString(showsOwnSessionsOnly)));
        return Fake.of(ClientModel.class)
                .answering("getId", id)
                .answering("getClientScopes", Map.of())
                .doing("getProtocolMappersStream", none -> Stream.of(mapper))
                .build();
    }
}
