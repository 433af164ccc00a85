package io.github.multiclientauth.extension.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.extension.Fake;
import io.github.multiclientauth.extension.listing.PreviewEntries;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.protocol.ProtocolMapperConfigException;

class PreviewOriginsMapperTest {

    private static final String PATTERN = "https://*-preview.example.com";
    private static final String CALLBACK_ORIGIN = "https://app.example.com";

    private final PreviewOriginsMapper type = new PreviewOriginsMapper();
    private final ClientModel client = client();

    @Test
    void usable_settings_can_be_saved() {
        assertThatCode(() -> type.validateConfig(null, null, client, mapper(PATTERN, CALLBACK_ORIGIN)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "null, https://app.example.com, patterns",
                "'', https://app.example.com, patterns",
                "https://*.example.com##https://*, https://app.example.com, patterns",
                "http://*.example.com, https://app.example.com, patterns",
                "https://*.example.com, null, callback-origin",
                "https://*.example.com, https://app.example.com/, callback-origin",
            })
    void unusable_settings_are_refused_with_a_readable_message(String patterns, String callbackOrigin, String what) {
        assertThatThrownBy(() -> type.validateConfig(null, null, client, mapper(patterns, callbackOrigin)))
                .isInstanceOfSatisfying(ProtocolMapperConfigException.class, refusal -> {
                    assertThat(refusal.getMessageKey()).isEqualTo("multi-client-auth-preview-" + what);
                    assertThat(MessageFormat.format(refusal.getMessage(), refusal.getParameters()))
                            .isEqualTo(refusal.getMessage());
                });
    }

    @Test
    void a_client_scope_has_no_previews() {
        ClientScopeModel scope = Fake.of(ClientScopeModel.class).build();

        assertThatThrownBy(() -> type.validateConfig(null, null, scope, mapper(PATTERN, CALLBACK_ORIGIN)))
                .isInstanceOf(ProtocolMapperConfigException.class);
    }

    @Test
    void is_read_from_the_clients_own_mappers_of_this_type() {
        ProtocolMapperModel other = mapper("https://*.other.example", CALLBACK_ORIGIN);
        other.setProtocolMapper("another-type");

        assertThat(PreviewOriginsMapper.entries(client(other, mapper(PATTERN, CALLBACK_ORIGIN), mapper(null, null))))
                .isEqualTo(PreviewEntries.of(List.of(PATTERN), List.of(CALLBACK_ORIGIN)));
    }

    private static ClientModel client(ProtocolMapperModel... mappers) {
        return Fake.of(ClientModel.class)
                .doing("getProtocolMappersStream", arguments -> Stream.of(mappers))
                .build();
    }

    private static ProtocolMapperModel mapper(String patterns, String callbackOrigin) {
        Map<String, String> config = new HashMap<>();
        config.put(PreviewOriginsMapper.PATTERNS, patterns);
        config.put(PreviewOriginsMapper.CALLBACK_ORIGIN, callbackOrigin);
        ProtocolMapperModel mapper = new ProtocolMapperModel();
        mapper.setProtocolMapper(PreviewOriginsMapper.ID);
        mapper.setConfig(config);
        return mapper;
    }
}
