package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.adopt.AdminApiException;
import io.github.multiclientauth.adopt.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The pages of the admin console with a button <i>Save</i>. Each is read and sent back unchanged, with the console's own requests. The list
 * contains the console's PUT requests, except for those of features that the realm does not have.
 */
final class SettingsPages {

    private final KeycloakAdministrator administrator;
    private final List<String> saved = new ArrayList<>();
    private final Map<String, String> refused = new LinkedHashMap<>();

    private SettingsPages(KeycloakAdministrator administrator) {
        this.administrator = administrator;
    }

    /** The saved pages, and the ones that Keycloak refused to save. */
    record Result(List<String> saved, Map<String, String> refused) {}

    static Result saveAll(KeycloakAdministrator administrator) {
        SettingsPages pages = new SettingsPages(administrator);
        pages.realmSettings();
        pages.authentication();
        pages.identityProviders();
        pages.clientScopes();
        pages.clients();
        pages.rolesAndPeople();
        return new Result(List.copyOf(pages.saved), Map.copyOf(pages.refused));
    }

    /** Saves the tabs of the realm settings. Most of them save the whole realm. */
    private void realmSettings() {
        save("");
        save("/ui-ext", administrator.get(""));
        save("/events/config");
        save("/users/profile");
        save("/client-policies/profiles");
        save("/client-policies/policies");
        each("/components", component -> save(path("/components", component, "id"), component));
    }

    private void authentication() {
        each("/authentication/flows", flow -> {
            save(path("/authentication/flows", flow, "id"), flow);
            String executions = path("/authentication/flows", flow, "alias") + "/executions";
            each(executions, step -> {
                save(executions, step);
                if (step.hasNonNull("authenticationConfig")) {
                    save(path("/authentication/config", step, "authenticationConfig"));
                }
            });
        });
        each("/authentication/required-actions", action -> {
            String path = path("/authentication/required-actions", action, "alias");
            save(path, action);
            if (action.path("configurable").asBoolean()) {
                save(path + "/config");
            }
        });
    }

    private void identityProviders() {
        each("/identity-provider/instances", listed -> {
            String path = path("/identity-provider/instances", listed, "alias");
            save(path);
            each(path + "/mappers", mapper -> save(path(path + "/mappers", mapper, "id"), mapper));
        });
    }

    private void clientScopes() {
        each("/client-scopes", scope -> {
            String path = path("/client-scopes", scope, "id");
            save(path);
            each(
                    path + "/protocol-mappers/models",
                    mapper -> save(path(path + "/protocol-mappers/models", mapper, "id"), mapper));
        });
    }

    private void clients() {
        each("/clients", listed -> {
            String path = path("/clients", listed, "id");
            if (!listed.path("clientId").asText().equals("realm-management")) {
                // Keycloak does not allow saving this one in any realm.
                save(path);
            }
            each(
                    path + "/protocol-mappers/models",
                    mapper -> save(path(path + "/protocol-mappers/models", mapper, "id"), mapper));
        });
    }

    private void rolesAndPeople() {
        each("/roles", role -> save(path("/roles-by-id", role, "id"), role));
        each("/groups", group -> save(path("/groups", group, "id")));
        each("/users", user -> save(path("/users", user, "id")));
    }

    private void each(String list, Consumer<JsonNode> action) {
        administrator.get(list).forEach(action);
    }

    private static String path(String list, JsonNode element, String key) {
        return list + "/" + element.path(key).asText().replace(" ", "%20");
    }

    private void save(String path) {
        save(path, administrator.get(path));
    }

    private void save(String path, JsonNode content) {
        try {
            administrator.put(path, content);
            saved.add(path);
        } catch (AdminApiException | RefusedException answer) {
            String name = content instanceof ObjectNode object
                    ? object.path("alias")
                            .asText(object.path("displayName")
                                    .asText(object.path("name").asText()))
                    : "";
            refused.put(path + " " + name, answer.getMessage());
        }
    }
}
