package io.github.multiclientauth.testbed.launch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.application.DemoApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an administrator adds to the dashboard's dedicated scope, so that its API gets access tokens. */
public final class DemoTokens {

    private DemoTokens() {}

    /** The mappers, as Keycloak's import and its admin API understand them. */
    public static ArrayNode mappers() {
        ArrayNode mappers = JsonNodeFactory.instance.arrayNode();
        mapper(mappers, "API access", "multi-client-auth-api-access-mapper").put("tokens.for", "servers-and-proxies");
        mapper(mappers, "The demo's API", "oidc-audience-mapper")
                .put("included.custom.audience", DemoApplication.API_AUDIENCE)
                .put("access.token.claim", "true");
        return mappers;
    }

    /** Adds them to a realm file. Changes nothing else of the text, as {@link OwnApplication#realmWith}. */
    static void allowIn(Path realm) throws IOException {
        String client = "\"clientId\": \"" + Testbed.DASHBOARD + "\",";
        Files.writeString(
                realm, Files.readString(realm).replace(client, client + "\"protocolMappers\":" + mappers() + ","));
    }

    private static ObjectNode mapper(ArrayNode mappers, String name, String type) {
        ObjectNode mapper = mappers.addObject();
        mapper.put("name", name).put("protocol", "openid-connect").put("protocolMapper", type);
        return mapper.putObject("config");
    }
}
