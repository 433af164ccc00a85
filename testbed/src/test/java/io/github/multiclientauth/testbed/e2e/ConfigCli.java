package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What keycloak-config-cli sends to Keycloak for a file, as far as our files use it. The tool itself cannot be had here. Its source at
 * commit 9cc85939be6f88e73d37d64e0613abc13f099ee0 was read: {@code ClientImportService} creates a client without its flows, and adds those
 * afterwards by their aliases.
 */
record ConfigCli(KeycloakAdministrator administrator, Map<String, String> environment) {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\(env:([A-Z0-9_]+)\\)");
    private static final String FLOWS = "authenticationFlowBindingOverrides";

    /** Reads a file with {@code import.var-substitution.enabled}, and returns it as the tool understands it. */
    JsonNode read(String file) throws IOException {
        return new YAMLMapper().readTree(VARIABLE.matcher(file).replaceAll(variable -> {
            String value = environment.get(variable.group(1));
            if (value == null) {
                throw new AssertionError("There is no variable " + variable.group(1));
            }
            return value;
        }));
    }

    /** Creates the clients of a file. */
    void create(String file) throws IOException {
        for (JsonNode client : read(file).path("clients")) {
            String clientId = client.path("clientId").asText();
            administrator.createPlainClient(clientId, ((ObjectNode) client.deepCopy()).without(FLOWS));
            client.path(FLOWS).properties().forEach(flow -> {
                ObjectNode flows = new YAMLMapper().createObjectNode();
                flows.putObject(FLOWS)
                        .put(flow.getKey(), administrator.flowId(flow.getValue().asText()));
                administrator.updateClient(clientId, flows);
            });
        }
    }
}
