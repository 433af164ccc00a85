package io.github.multiclientauth.extension.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.extension.Fake;
import io.github.multiclientauth.extension.listing.PageEntries;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.protocol.ProtocolMapperConfigException;

class ApplicationPagesMapperTest {

    private final ApplicationPagesMapper type = new ApplicationPagesMapper();
    private final ClientModel client = client();

    @ParameterizedTest
    @ValueSource(strings = {"/", "/login", "/de/anmelden?from=auth", "/caf\u00e9", "/api/authors", "/api"})
    void a_path_can_be_saved(String path) {
        for (ProtocolMapperModel mapper : List.of(mapper(path, null), mapper(null, path), mapper("", path))) {
            assertThatCode(() -> type.validateConfig(null, null, client, mapper))
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login",
                "//evil.example/login",
                "/\\evil.example",
                "https://evil.example/login",
                "javascript:alert(1)",
                "/a b",
                "/a\\b",
                "/login#top",
                "/login\r\nX: y",
                "/api/auth",
                "/api/auth/signin",
                "/api/auth?x",
                "?login",
                "/one##/two"
            })
    void anything_else_is_refused_with_a_readable_message(String path) {
        if (path.contains("##")) {
            // Two values of one setting.
            assertThat(PageEntries.of(List.of(path), List.of()).usableSignIn()).isEmpty();
            return;
        }
        for (ProtocolMapperModel mapper : List.of(mapper(path, null), mapper("/login", path))) {
            assertThatThrownBy(() -> type.validateConfig(null, null, client, mapper))
                    .isInstanceOfSatisfying(
                            ProtocolMapperConfigException.class,
                            refusal -> assertThat(MessageFormat.format(refusal.getMessage(), refusal.getParameters()))
                                    .isEqualTo(refusal.getMessage()));
        }
        assertThat(PageEntries.of(List.of(path), List.of(path)).usableSignIn()).isEmpty();
        assertThat(PageEntries.of(List.of(path), List.of(path)).usableError()).isEmpty();
    }

    @Test
    void a_client_scope_has_no_pages() {
        ClientScopeModel scope = Fake.of(ClientScopeModel.class).build();

        assertThatThrownBy(() -> type.validateConfig(null, null, scope, mapper("/login", "/oops")))
                .isInstanceOf(ProtocolMapperConfigException.class);
    }

    @Test
    void is_read_from_the_clients_own_mappers_of_this_type() {
        ProtocolMapperModel other = mapper("/other", "/other");
        other.setProtocolMapper("another-type");

        assertThat(ApplicationPagesMapper.entries(client(other, mapper("/login", "/oops"))))
                .isEqualTo(PageEntries.of(List.of("/login"), List.of("/oops")));
    }

    private static ClientModel client(ProtocolMapperModel... mappers) {
        return Fake.of(ClientModel.class)
                .doing("getProtocolMappersStream", arguments -> Stream.of(mappers))
                .build();
    }

    private static ProtocolMapperModel mapper(String signIn, String error) {
        Map<String, String> config = new HashMap<>();
        config.put(ApplicationPagesMapper.SIGN_IN, signIn);
        config.put(ApplicationPagesMapper.ERROR, error);
        ProtocolMapperModel mapper = new ProtocolMapperModel();
        mapper.setProtocolMapper(ApplicationPagesMapper.ID);
        mapper.setConfig(config);
        return mapper;
    }
}
