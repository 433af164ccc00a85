package io.github.multiclientauth.facade.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.Application.Demands;
import io.github.multiclientauth.facade.client.ClientAuthentication;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.Previews;
import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.origin.OriginPattern;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The directory, read. Fields that this version does not know are skipped: the extension may be newer than the facade.
 *
 * @param applications those that can sign people in, and those whose clients are disabled
 * @param enabled every client that is listed and not disabled, also one that cannot sign people in
 * @param findings what keeps some of them from it, for the operator
 */
public record DirectoryDocument(List<Application> applications, Set<ClientId> enabled, List<String> findings) {

    /** The format that this facade reads. A later one that old readers would misread has another number. */
    static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    public DirectoryDocument {
        applications = List.copyOf(applications);
        enabled = Set.copyOf(enabled);
        findings = List.copyOf(findings);
    }

    /** The text is no directory of this version; the message is for the operator. */
    static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }

    /** @throws UnreadableException if nothing can be taken from it; one odd application does not spoil the others */
    static DirectoryDocument read(String json, ClientSecrets secrets) throws UnreadableException {
        JsonNode document = parse(json);
        if (!document.path("version").isInt() || document.path("version").intValue() != VERSION) {
            throw new UnreadableException("is not a directory of version " + VERSION
                    + ": are the extension and the facade of the same release?");
        }
        if (!document.path("applications").isArray()) {
            throw new UnreadableException("has no list of applications");
        }
        List<Application> applications = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        Set<ClientId> seen = new LinkedHashSet<>();
        Set<ClientId> enabled = new LinkedHashSet<>();
        for (JsonNode entry : document.path("applications")) {
            try {
                if (isEnabled(entry)) {
                    text(entry, "clientId").map(ClientId::new).ifPresent(enabled::add);
                }
                Optional<Application> application = application(entry, secrets, findings);
                if (application.isPresent() && seen.add(application.get().clientId())) {
                    applications.add(application.get());
                }
            } catch (IllegalArgumentException e) {
                findings.add("client " + entry.path("clientId").asText("?") + ": " + e.getMessage());
            }
        }
        return new DirectoryDocument(applications, enabled, findings);
    }

    private static JsonNode parse(String json) throws UnreadableException {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UnreadableException("is no JSON");
        }
    }

    /** How many of them can sign people in. */
    int usable() {
        return (int) applications.stream().filter(Application::enabled).count();
    }

    private static boolean isEnabled(JsonNode entry) {
        return entry.path("enabled").asBoolean(true);
    }

    /** Nothing is found fault with in a disabled client: it does not have to work. */
    private static Optional<Application> disabled(JsonNode entry, ClientId clientId) {
        List<String> ignored = new ArrayList<>();
        Set<Origin> origins = origins(entry, clientId, ignored);
        return origins.isEmpty()
                ? Optional.empty()
                : Optional.of(Application.disabled(
                        clientId, name(entry, clientId), origins, previews(entry, clientId, origins, ignored)));
    }

    private static Set<Origin> origins(JsonNode entry, ClientId clientId, List<String> findings) {
        Set<Origin> origins = new LinkedHashSet<>();
        for (JsonNode origin : entry.path("webOrigins")) {
            Origin.parse(origin.asText())
                    .ifPresentOrElse(
                            origins::add,
                            () -> findings.add("client " + clientId + ": the Web Origin \"" + origin.asText()
                                    + "\" is not scheme, host and port alone"));
        }
        return origins;
    }

    private static String name(JsonNode entry, ClientId clientId) {
        return text(entry, "name").orElse(clientId.value());
    }

    private static Optional<Application> application(JsonNode entry, ClientSecrets secrets, List<String> findings) {
        ClientId clientId = new ClientId(text(entry, "clientId").orElse(""));
        if (!isEnabled(entry)) {
            return disabled(entry, clientId);
        }
        Set<Origin> origins = origins(entry, clientId, findings);
        if (origins.isEmpty()) {
            findings.add("client " + clientId + ": no Web Origin, so that none of its requests can be recognised");
            return Optional.empty();
        }
        Demands demands = new Demands(
                entry.path("par").asBoolean(false), entry.path("dpop").asBoolean(false));
        return authentication(entry, clientId, secrets, findings)
                .filter(authentication -> canBind(authentication, demands, clientId, findings))
                .map(authentication -> new Application(
                        clientId,
                        name(entry, clientId),
                        origins,
                        authentication,
                        providers(entry),
                        demands,
                        previews(entry, clientId, origins, findings)));
    }

    /** What cannot be used is left out: an application without previews still signs people in at its own origins. */
    private static Optional<Previews> previews(
            JsonNode entry, ClientId clientId, Set<Origin> origins, List<String> findings) {
        if (!entry.hasNonNull("previews")) {
            return Optional.empty();
        }
        Set<OriginPattern> patterns = new LinkedHashSet<>();
        for (JsonNode pattern : entry.path("previews").path("patterns")) {
            OriginPattern.parse(pattern.asText())
                    .ifPresentOrElse(
                            patterns::add,
                            () -> findings.add("client " + clientId + ": \"" + pattern.asText()
                                    + "\" is no pattern of preview origins"));
        }
        Optional<Origin> callbackOrigin = text(entry.path("previews"), "callbackOrigin")
                .flatMap(Origin::parse)
                .filter(origins::contains);
        if (callbackOrigin.isEmpty()) {
            findings.add("client " + clientId + ": its previews have no callback origin among its Web Origins");
        }
        return callbackOrigin.filter(origin -> !patterns.isEmpty()).map(origin -> new Previews(patterns, origin));
    }

    /** RFC 9449, section 5: a public client's refresh tokens are bound, too, and would end with the key. */
    private static boolean canBind(
            ClientAuthentication authentication, Demands demands, ClientId clientId, List<String> findings) {
        if (demands.boundTokens() && authentication instanceof ClientAuthentication.None) {
            findings.add("client " + clientId + ": a public client whose tokens are bound to a key (Require DPoP bound"
                    + " tokens) is not supported; switch Client authentication on, or that off");
            return false;
        }
        return true;
    }

    private static Optional<ClientAuthentication> authentication(
            JsonNode entry, ClientId clientId, ClientSecrets secrets, List<String> findings) {
        String method = text(entry, "authentication").orElse("client_secret");
        switch (method) {
            case "none":
                return Optional.of(new ClientAuthentication.None());
            case "client_secret":
                Optional<Secret> secret = secrets.of(clientId);
                if (secret.isEmpty()) {
                    findings.add("client " + clientId + ": the facade has no client secret for it (mca.clients.\""
                            + clientId + "\".secret)");
                }
                return secret.map(ClientAuthentication.ClientSecret::new);
            case "private_key_jwt":
                if (!secrets.haveKey()) {
                    findings.add("client " + clientId
                            + ": it expects a signed JWT, and the facade has no key (mca.client-key.file)");
                    return Optional.empty();
                }
                return Optional.of(new ClientAuthentication.PrivateKeyJwt());
            default:
                findings.add("client " + clientId + ": this facade cannot authenticate with \"" + method
                        + "\" (Client Authenticator in the Credentials tab)");
                return Optional.empty();
        }
    }

    private static List<Provider> providers(JsonNode entry) {
        Set<Provider> providers = new LinkedHashSet<>();
        for (JsonNode provider : entry.path("providers")) {
            String alias = text(provider, "alias").orElse("");
            providers.add(text(provider, "displayName")
                    .map(name -> new Provider(alias, name))
                    .orElseGet(() -> new Provider(alias)));
        }
        return List.copyOf(providers);
    }

    private static Optional<String> text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() && !value.textValue().isBlank() ? Optional.of(value.textValue()) : Optional.empty();
    }
}
