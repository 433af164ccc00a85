package io.github.multiclientauth.extension.directory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.extension.doctor.Finding;
import java.util.List;
import java.util.Locale;

/** The format of the doctor's answer. Readers ignore fields that they do not know. */
final class DoctorJson {

    private static final int VERSION = 1;

    private DoctorJson() {}

    /** @param applications how many were examined */
    static String of(String realm, int applications, List<Finding> findings) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("version", VERSION).put("realm", realm).put("applications", applications);
        ArrayNode array = answer.putArray("findings");
        for (Finding finding : findings) {
            ObjectNode entry = array.addObject();
            entry.put("id", finding.kind().id())
                    .put("severity", finding.kind().severity().name().toLowerCase(Locale.ROOT));
            finding.clientId().ifPresent(clientId -> entry.put("clientId", clientId));
            entry.put("message", finding.message()).put("fix", finding.kind().fix());
        }
        return answer.toString();
    }
}
