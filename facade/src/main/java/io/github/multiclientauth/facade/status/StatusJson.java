package io.github.multiclientauth.facade.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.doctor.Finding;
import io.github.multiclientauth.facade.oidc.ClientKeys;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The status as JSON, for programs. Further fields may come. */
public final class StatusJson {

    private static final int VERSION = 1;

    private StatusJson() {}

    /** Ends with a line break. */
    public static String of(Status status) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", VERSION).put("now", status.now().toString());
        facade(json.putObject("facade"), status.facade());
        json.put("issuer", status.issuer().toString())
                .put("ready", status.problem().isEmpty());
        status.problem()
                .ifPresent(problem -> json.put(
                        "problem",
                        problem.match(
                                Status.Problem.Unknown::text,
                                emptied -> "no application is left that can sign people in; see MCA00255")));
        ArrayNode keycloak = json.putArray("keycloak");
        status.keycloak().forEach(contact -> contact(keycloak.addObject(), contact));
        applications(json.putObject("applications"), status.applications());
        doctor(json.putObject("doctor"), status.examination());
        ArrayNode keys = json.putArray("keys");
        status.keys().forEach(key -> key(keys.addObject(), key));
        ArrayNode secrets = json.putArray("masterSecrets");
        status.masterSecrets()
                .forEach(secret -> secrets.addObject()
                        .put("fingerprint", secret.fingerprint())
                        .put("sealing", secret.sealing()));
        return json.toPrettyString() + "\n";
    }

    private static void facade(ObjectNode json, Status.Facade facade) {
        json.put("version", facade.version());
        facade.commit().ifPresent(commit -> json.put("commit", commit));
        json.put("java", facade.java()).put("uptimeSeconds", facade.uptime().toSeconds());
    }

    private static void contact(ObjectNode json, Status.Contact contact) {
        json.put("endpoint", contact.endpoint());
        put(json, "succeededAt", contact.succeededAt());
        json.put("failing", contact.failing());
        contact.failure()
                .ifPresent(failure -> json.putObject("lastFailure")
                        .put("at", failure.at().toString())
                        .put("reason", failure.reason()));
    }

    private static void applications(ObjectNode json, Listing listing) {
        json.put("total", listing.total())
                .put("disabled", listing.disabled())
                .put("matching", listing.matching())
                .put("page", listing.page())
                .put("pages", listing.pages());
        ArrayNode list = json.putArray("list");
        for (Listing.Row row : listing.rows()) {
            ObjectNode entry = list.addObject()
                    .put("clientId", row.clientId())
                    .put("name", row.name())
                    .put("enabled", row.enabled());
            texts(entry, "origins", row.origins());
            texts(entry, "previewOrigins", row.previews());
            texts(
                    entry,
                    "providers",
                    row.providers().stream().map(Provider::alias).toList());
            entry.put("accessTokens", row.accessTokens());
        }
    }

    private static void doctor(ObjectNode json, Status.Examination examination) {
        put(json, "runningSince", examination.runningSince());
        put(json, "endedAt", examination.endedAt());
        examination.failure().ifPresent(failure -> json.put("failure", failure));
        json.put("errors", examination.errors())
                .put("warnings", examination.warnings())
                .put("more", examination.more());
        ArrayNode findings = json.putArray("findings");
        for (Finding finding : examination.findings()) {
            ObjectNode entry =
                    findings.addObject().put("id", finding.id()).put("severity", finding.error() ? "error" : "warning");
            if (!finding.about().isEmpty()) {
                entry.put("clientId", finding.about());
            }
            entry.put("message", finding.message()).put("fix", finding.fix());
        }
    }

    private static void key(ObjectNode json, ClientKeys.Description key) {
        json.put("id", key.id())
                .put("type", key.type())
                .put("use", key.use().name().toLowerCase(Locale.ROOT));
        put(json, "issuedAt", key.issuedAt());
        put(json, "certifiedUntil", key.certifiedUntil());
    }

    private static void put(ObjectNode json, String name, Optional<Instant> time) {
        time.ifPresent(at -> json.put(name, at.toString()));
    }

    private static void texts(ObjectNode json, String name, List<String> texts) {
        ArrayNode array = json.putArray(name);
        texts.forEach(array::add);
    }
}
