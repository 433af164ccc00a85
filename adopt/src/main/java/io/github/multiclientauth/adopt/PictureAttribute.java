package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Optional;

/** Adds the attribute {@code picture} to the user profile, unless it is allowed already. Identity providers' mappers write pictures there. */
record PictureAttribute() implements Step {

    private static final String NAME = "picture";
    private static final String PATH = "/users/profile";
    private static final String KIND = "org.keycloak.userprofile.UserProfileProvider";

    @Override
    public String description() {
        return "user attribute \"" + NAME + "\", which people see and administrators edit";
    }

    /** Does nothing in a realm that allows unmanaged attributes. */
    @Override
    public Finding look(AdminApi realm, Optional<JsonNode> before) {
        JsonNode profile = realm.get(PATH);
        boolean unmanaged =
                !profile.path("unmanagedAttributePolicy").asText("DISABLED").equals("DISABLED");
        return Finding.of(
                unmanaged || profile.path("attributes").findValuesAsText("name").contains(NAME));
    }

    @Override
    public JsonNode before(AdminApi realm) {
        ObjectNode before = Json.object().put("ownProfile", component(realm).isPresent());
        before.set("profile", realm.get(PATH));
        return before;
    }

    @Override
    public void apply(AdminApi realm) {
        ObjectNode profile = (ObjectNode) realm.get(PATH);
        ObjectNode picture =
                profile.withArray("attributes").addObject().put("name", NAME).put("displayName", "Picture");
        picture.putObject("permissions").putArray("view").add("admin").add("user");
        picture.withObject("/permissions").putArray("edit").add("admin");
        realm.put(PATH, profile);
    }

    /** Restores the profile. A realm that had Keycloak's default profile gets that back, not a copy. */
    @Override
    public void undo(AdminApi realm, JsonNode before) {
        ObjectNode profile = (ObjectNode) realm.get(PATH);
        Iterator<JsonNode> attributes = profile.withArray("attributes").elements();
        boolean removed = false;
        while (attributes.hasNext()) {
            if (attributes.next().path("name").asText().equals(NAME)) {
                attributes.remove();
                removed = true;
            }
        }
        if (!before.path("ownProfile").asBoolean() && profile.equals(before.path("profile"))) {
            component(realm)
                    .ifPresent(each ->
                            realm.delete("/components/" + each.path("id").asText()));
        } else if (removed) {
            realm.put(PATH, profile);
        }
    }

    private static Optional<JsonNode> component(AdminApi realm) {
        return realm.find("/components?type=" + KIND, "providerType", KIND);
    }
}
