package io.github.multiclientauth.extension.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.extension.Fake;
import io.github.multiclientauth.extension.listing.ApiAccessEntries;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.protocol.ProtocolMapperConfigException;

class ApiAccessMapperTest {

    private final ApiAccessMapper type = new ApiAccessMapper();
    private final ClientModel client = client();

    @ParameterizedTest
    @ValueSource(strings = {"servers", "servers-and-proxies", "nobody", "", " servers "})
    void a_choice_can_be_saved(String tokensFor) {
        assertThatCode(() -> type.validateConfig(null, null, client, mapper(tokensFor)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"everybody", "Servers", "proxies", "servers##everybody", "true"})
    void anything_else_is_refused_with_a_readable_message(String tokensFor) {
        assertThatThrownBy(() -> type.validateConfig(null, null, client, mapper(tokensFor)))
                .isInstanceOfSatisfying(
                        ProtocolMapperConfigException.class,
                        refusal -> assertThat(MessageFormat.format(refusal.getMessage(), refusal.getParameters()))
                                .isEqualTo(refusal.getMessage()));
        assertThat(ApiAccessMapper.entries(client(mapper(tokensFor))).receivers())
                .isEmpty();
    }

    @Test
    void a_client_scope_has_no_api_access() {
        ClientScopeModel scope = Fake.of(ClientScopeModel.class).build();

        assertThatThrownBy(() -> type.validateConfig(null, null, scope, mapper("servers")))
                .isInstanceOf(ProtocolMapperConfigException.class);
    }

    @Test
    void a_client_without_the_mapper_gets_no_tokens() {
        ProtocolMapperModel other = mapper("servers-and-proxies");
        other.setProtocolMapper("another-type");

        assertThat(ApiAccessMapper.entries(client(other))).isEqualTo(ApiAccessEntries.NONE);
        assertThat(ApiAccessEntries.NONE.receivers()).isEmpty();
    }

    /** One that was made by REST may lack every setting. */
    @Test
    void the_mapper_alone_is_for_servers() {
        ProtocolMapperModel bare = mapper(null);
        bare.setConfig(new HashMap<>());

        assertThat(ApiAccessMapper.entries(client(bare)).receivers()).contains("servers");
    }

    @ParameterizedTest
    @CsvSource({
        "servers, servers-and-proxies, servers",
        "servers-and-proxies, servers-and-proxies, servers-and-proxies",
        "servers-and-proxies, nobody, ",
        "servers, misspelt, "
    })
    void of_several_mappers_the_strictest_counts(String one, String other, String receivers) {
        ApiAccessEntries entries = ApiAccessMapper.entries(client(mapper(one), mapper(other)));

        assertThat(entries.receivers().orElse(null)).isEqualTo(receivers);
    }

    @Test
    void audiences_and_scopes_are_read_from_the_clients_own_mapper() {
        ProtocolMapperModel mapper = mapper("servers");
        mapper.getConfig().put(ApiAccessEntries.AUDIENCES, "orders## invoices ");
        mapper.getConfig().put(ApiAccessEntries.SCOPES, "orders:read");

        assertThat(ApiAccessMapper.entries(client(mapper)))
                .isEqualTo(new ApiAccessEntries(
                        true, Set.of("servers"), Set.of("orders", "invoices"), Set.of("orders:read")));
    }

    private static ClientModel client(ProtocolMapperModel... mappers) {
        return Fake.of(ClientModel.class)
                .doing("getProtocolMappersStream", arguments -> Stream.of(mappers))
                .build();
    }

    private static ProtocolMapperModel mapper(String tokensFor) {
        Map<String, String> config = new HashMap<>();
        config.put(ApiAccessEntries.TOKENS_FOR, tokensFor);
        ProtocolMapperModel mapper = new ProtocolMapperModel();
        mapper.setProtocolMapper(ApiAccessMapper.ID);
        mapper.setConfig(config);
        return mapper;
    }
}
