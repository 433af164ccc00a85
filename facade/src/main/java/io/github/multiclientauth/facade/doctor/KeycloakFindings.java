package io.github.multiclientauth.facade.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.facade.directory.DirectorySource.Fetched;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the findings of Keycloak's doctor. Unknown fields are skipped. */
final class KeycloakFindings {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;
    private static final String SILENT = "doctor-silent";
    private static final String FIX = "the extension's JAR in Keycloak's providers folder, of the facade's own release";

    private KeycloakFindings() {}

    static List<Finding> of(Fetched answer) {
        return answer.match(
                document -> read(document.json()),
                unchanged -> silent("it answers with nothing"),
                failed -> silent(failed.reason()));
    }

    private static List<Finding> silent(String reason) {
        return List.of(Finding.error(SILENT, "Keycloak's doctor cannot be asked: " + reason, FIX));
    }

    private static List<Finding> read(String json) {
        try {
            JsonNode answer = JSON.readTree(json);
            if (answer.path("version").asInt() != VERSION
                    || !answer.path("findings").isArray()) {
                return List.of(Finding.error(SILENT, "Keycloak's doctor answers in another format", FIX));
            }
            List<Finding> findings = new ArrayList<>();
            for (JsonNode entry : answer.path("findings")) {
                findings.add(new Finding(
                        entry.path("id").asText(),
                        !entry.path("severity").asText().equals("warning"),
                        entry.path("clientId").asText(),
                        entry.path("message").asText(),
                        entry.path("fix").asText()));
            }
            return findings;
        } catch (IOException e) {
            return List.of(Finding.error(SILENT, "Keycloak's doctor answers with what is no JSON", FIX));
        }
    }
}
