package io.github.multiclientauth.facade.directory;

import static io.github.multiclientauth.facade.directory.DirectoryFinding.quoted;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.OriginClaims.Claimant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A directory document after parsing. Unknown fields are skipped, because the extension may be newer than the facade.
 *
 * @param applications the applications that can sign people in, and those whose clients are disabled
 * @param claimants all listed clients, including those that cannot sign people in
 * @param findings what is wrong with some of them, each once, for the operator
 */
public record DirectoryDocument(
        List<Application> applications, List<Claimant> claimants, List<DirectoryFinding> findings) {

    /** The format version that this facade reads. A format that older readers would misread gets another number. */
    static final int VERSION = 1;

    /** More than 10,000 applications need. A parsed token takes up to thirty times its size in the document. */
    static final long MAX_TOKENS = 2_000_000;

    private static final int MAX_DEPTH = 20;
    private static final int MAX_TEXT = 1_000_000;
    private static final int MAX_NUMBER = 100;

    /** Rejects text after the document: such an answer was cut off or tampered with. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(MAX_TOKENS)
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_TEXT)
                            .maxNumberLength(MAX_NUMBER)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    public DirectoryDocument {
        applications = List.copyOf(applications);
        claimants = List.copyOf(claimants);
        findings = List.copyOf(findings);
    }

    /** The text is not a directory document of this version. The message is for the operator. */
    static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }

    /**
     * @throws UnreadableException if the document is unusable as a whole. One wrong application does not affect the
     *     others
     */
    static DirectoryDocument read(String json, ClientSecrets secrets) throws UnreadableException {
        JsonNode document = parse(json);
        if (!document.path("version").isInt() || document.path("version").intValue() != VERSION) {
            throw new UnreadableException("is not a directory of version " + VERSION
                    + ": are the extension and the facade of the same release?");
        }
        if (!document.path("applications").isArray()) {
            throw new UnreadableException("has no list of applications");
        }
        Set<DirectoryFinding> findings = new LinkedHashSet<>();
        Map<ClientId, EntryReader.Entry> entries = new LinkedHashMap<>();
        for (JsonNode entry : document.path("applications")) {
            read(entry, secrets, findings, entries);
        }
        return new DirectoryDocument(
                entries.values().stream()
                        .flatMap(entry -> entry.application().stream())
                        .toList(),
                entries.values().stream().map(EntryReader.Entry::claimant).toList(),
                new ArrayList<>(findings));
    }

    private static void read(
            JsonNode entry,
            ClientSecrets secrets,
            Set<DirectoryFinding> findings,
            Map<ClientId, EntryReader.Entry> entries) {
        EntryReader reader;
        try {
            reader = new EntryReader(entry, secrets, findings::add);
        } catch (IllegalArgumentException e) {
            findings.add(new DirectoryFinding(
                    DirectoryFinding.Kind.APPLICATION_UNUSABLE,
                    "",
                    "an entry without a usable client id is left out: "
                            + quoted(entry.path("clientId").toString())));
            return;
        }
        if (entries.containsKey(reader.clientId())) {
            findings.add(
                    DirectoryFinding.ignored(reader.clientId(), "it is listed more than once; the first entry counts"));
        } else {
            entries.put(reader.clientId(), reader.read());
        }
    }

    private static JsonNode parse(String json) throws UnreadableException {
        try {
            return JSON.readTree(json);
        } catch (StreamConstraintsException e) {
            throw new UnreadableException("has more in it than any directory has");
        } catch (IOException e) {
            throw new UnreadableException("is no JSON");
        }
    }

    /** The ids of all listed clients that are not disabled, including those that cannot sign people in. */
    Set<ClientId> enabled() {
        return claimants.stream()
                .filter(Claimant::enabled)
                .map(Claimant::clientId)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The ids of all listed clients that are disabled. */
    Set<ClientId> disabled() {
        return claimants.stream()
                .filter(claimant -> !claimant.enabled())
                .map(Claimant::clientId)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The ids of the enabled clients that can sign people in. */
    Set<ClientId> usable() {
        return applications.stream()
                .filter(Application::enabled)
                .map(Application::clientId)
                .collect(Collectors.toUnmodifiableSet());
    }
}
