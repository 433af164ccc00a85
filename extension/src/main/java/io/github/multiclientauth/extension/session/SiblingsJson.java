package io.github.multiclientauth.extension.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The formats of the answers about a user's sessions. Readers ignore fields that they do not know. */
final class SiblingsJson {

    private SiblingsJson() {}

    /** @param more how many sessions are not listed */
    static String listed(List<Sibling> siblings, int more) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("more", more);
        ArrayNode sessions = answer.putArray("sessions");
        siblings.forEach(sibling -> write(sessions.addObject(), sibling));
        return answer.toString();
    }

    /** @param left how many sessions have not ended yet */
    static String ended(List<String> ids, int left) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("left", left);
        ArrayNode ended = answer.putArray("ended");
        ids.forEach(ended::add);
        return answer.toString();
    }

    private static void write(ObjectNode entry, Sibling sibling) {
        entry.put("id", sibling.id())
                .put("started", sibling.started())
                .put("lastUsed", sibling.lastUsed())
                .put("provider", sibling.provider())
                .put("offline", sibling.offline())
                .put("impersonated", sibling.impersonated());
        if (sibling.address() != null) {
            entry.put("address", sibling.address());
        }
        sibling.device().browser().ifPresent(browser -> entry.put("browser", browser));
        sibling.device().system().ifPresent(system -> entry.put("system", system));
        ArrayNode applications = entry.putArray("applications");
        sibling.places().forEach(place -> {
            ObjectNode application =
                    applications.addObject().put("client", place.client()).put("name", place.name());
            place.origin().ifPresent(origin -> application.put("origin", origin));
        });
    }
}
