package io.github.multiclientauth.extension.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.Fake;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.sessions.AuthenticationSessionModel;

class ClientOriginParameterTest {

    private static final String NOTE = "client_request_param_client_origin";
    private static final String AUTHORIZATION = "/realms/example/protocol/openid-connect/auth";
    private static final String LOGIN_ACTION = "/realms/example/login-actions/authenticate";

    private final Map<String, String> notes = new HashMap<>();
    private final MultivaluedMap<String, String> query = new MultivaluedHashMap<>();

    @Test
    void is_what_keycloak_noted() {
        notes.put(NOTE, "https://noted.example");
        assertThat(values(AUTHORIZATION)).containsExactly("https://noted.example");
        assertThat(values(LOGIN_ACTION)).containsExactly("https://noted.example");
    }

    @Test
    void may_be_absent() {
        assertThat(values(AUTHORIZATION)).isEmpty();
    }

    @Test
    void is_not_lost_among_parameters_that_keycloak_drops() {
        query.add("client_origin", "https://asked.example");
        assertThat(values(AUTHORIZATION)).containsExactly("https://asked.example");
        query.clear();
        assertThat(values(LOGIN_ACTION)).as("when the flow runs again").containsExactly("https://asked.example");
    }

    @Test
    void is_read_before_keycloak_cleans_it() {
        notes.put(NOTE, "https://asked.example");
        query.add("client_origin", "https://asked.\nexample");
        assertThat(values(AUTHORIZATION)).containsExactly("https://asked.\nexample");
    }

    @Test
    void shows_all_values() {
        query.addAll("client_origin", "https://one.example", "https://two.example");
        assertThat(values(AUTHORIZATION)).containsExactly("https://one.example", "https://two.example");
    }

    @Test
    void is_never_taken_from_beside_a_request_object() {
        notes.put(NOTE, "https://pushed.example");
        query.add("client_origin", "https://added.example");
        query.add("request_uri", "urn:ietf:params:oauth:request_uri:x");
        assertThat(values(AUTHORIZATION)).containsExactly("https://pushed.example");
        query.remove("request_uri");
        query.add("request", "eyJ");
        assertThat(values(AUTHORIZATION)).containsExactly("https://pushed.example");
    }

    @Test
    void is_never_taken_from_another_address() {
        query.add("client_origin", "https://added.example");
        assertThat(values(LOGIN_ACTION)).isEmpty();
    }

    private List<String> values(String path) {
        AuthenticationSessionModel session = Fake.of(AuthenticationSessionModel.class)
                .doing("getClientNote", arguments -> notes.get(arguments[0]))
                .doing("setClientNote", arguments -> notes.put((String) arguments[0], (String) arguments[1]))
                .build();
        UriInfo uri = Fake.of(UriInfo.class)
                .answering("getPath", path)
                .answering("getQueryParameters", query)
                .build();
        return ClientOriginParameter.values(session, uri);
    }
}
