package io.github.multiclientauth.facade.directory;

import static io.github.multiclientauth.facade.directory.DirectoryFinding.quoted;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.facade.client.ApiAccess;
import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.Application.Demands;
import io.github.multiclientauth.facade.client.ApplicationPages;
import io.github.multiclientauth.facade.client.ClientAuthentication;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.OriginClaims.Claimant;
import io.github.multiclientauth.facade.client.Previews;
import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.client.RedirectUris;
import io.github.multiclientauth.facade.client.StepUp;
import io.github.multiclientauth.facade.client.TokenAlgorithms;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.origin.OriginPattern;
import io.github.multiclientauth.origin.PagePath;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads one entry of the directory. An unusable value is reported and ignored, and the rest is used: a wrong provider
 * costs the application only that provider, a wrong origin only that origin.
 */
final class EntryReader {

    /** The limit of Keycloak's database. */
    private static final int MAX_NAME = 255;

    private final JsonNode entry;
    private final ClientId clientId;
    private final ClientSecrets secrets;
    private final Consumer<DirectoryFinding> findings;

    /** @param application empty if it cannot be served */
    record Entry(Claimant claimant, Optional<Application> application) {}

    /** @throws IllegalArgumentException if the entry has no client id */
    EntryReader(JsonNode entry, ClientSecrets secrets, Consumer<DirectoryFinding> findings) {
        this.entry = entry;
        this.clientId = new ClientId(
                entry.path("clientId").textValue() == null
                        ? ""
                        : entry.path("clientId").textValue());
        this.secrets = secrets;
        // A disabled client is not checked: it does not have to work.
        this.findings =
                entry.path("enabled").isBoolean() && !entry.path("enabled").booleanValue() ? ignored -> {} : findings;
    }

    ClientId clientId() {
        return clientId;
    }

    Entry read() {
        Optional<Boolean> enabled = flag(entry, "enabled", true);
        Set<Origin> origins = origins();
        Optional<Previews> previews = previews(origins);
        Claimant claimant = new Claimant(
                clientId,
                enabled.orElse(true),
                origins,
                previews.map(Previews::patterns).orElse(Set.of()));
        if (enabled.isEmpty()) {
            unusable("nobody can tell whether it is enabled");
            return new Entry(claimant, Optional.empty());
        }
        if (origins.isEmpty()) {
            unusable("no Web Origin, so that none of its requests can be recognised");
            return new Entry(claimant, Optional.empty());
        }
        return new Entry(
                claimant,
                enabled.get()
                        ? enabled(origins, previews)
                        : Optional.of(Application.disabled(clientId, name(), origins, previews)));
    }

    private Optional<Application> enabled(Set<Origin> origins, Optional<Previews> previews) {
        Demands demands = new Demands(
                flag(entry, "par", false).orElse(false),
                flag(entry, "dpop", false).orElse(false),
                scopes(),
                algorithms());
        Optional<StepUp> stepUp = stepUp();
        return authentication()
                .filter(authentication -> stepUp.isPresent())
                .filter(authentication -> canBind(authentication, demands))
                .map(authentication -> new Application(
                                clientId, name(), origins, authentication, providers(), demands, previews)
                        .with(pages())
                        .with(redirectUris())
                        .with(stepUp.orElseThrow())
                        .with(apiAccess()));
    }

    /** None if the extension is older than this field. What cannot be understood gives nobody tokens. */
    private ApiAccess apiAccess() {
        JsonNode receivers = entry.path("accessTokens").path("for");
        if (receivers.isMissingNode() || receivers.isNull()) {
            return ApiAccess.NONE;
        }
        return switch (asEntered(receivers)) {
            case "servers" -> new ApiAccess(true, false);
            case "servers-and-proxies" -> new ApiAccess(true, true);
            default -> {
                ignored("it has no access tokens, since nobody can tell for whom: " + quoted(asEntered(receivers)));
                yield ApiAccess.NONE;
            }
        };
    }

    /** Empty if a demand cannot be understood: the application is not served, since nobody could check it. */
    private Optional<StepUp> stepUp() {
        JsonNode acr = entry.path("minimumAcr");
        JsonNode age = entry.path("maximumAge");
        if (isGiven(acr) && !isLevel(acr)) {
            unusable("its Minimum acr is no name of one level: " + quoted(asEntered(acr)));
            return Optional.empty();
        }
        if (isGiven(age) && !(age.isIntegralNumber() && age.canConvertToInt() && age.intValue() >= 0)) {
            unusable("its Maximum age is no number of seconds: " + quoted(asEntered(age)));
            return Optional.empty();
        }
        return Optional.of(new StepUp(
                acrLevels(),
                isGiven(acr) ? Optional.of(acr.textValue()) : Optional.empty(),
                isGiven(age) ? OptionalInt.of(age.intValue()) : OptionalInt.empty(),
                flag(entry, "showAuthentication", false).orElse(false)));
    }

    /** Levels without a number are left out: then they have to be equal. */
    private Map<String, Integer> acrLevels() {
        Map<String, Integer> levels = new LinkedHashMap<>();
        entry.path("acrLevels").properties().forEach(level -> {
            if (level.getValue().isIntegralNumber() && level.getValue().canConvertToInt()) {
                levels.put(level.getKey(), level.getValue().intValue());
            } else {
                ignored("the level " + quoted(level.getKey()) + " has no number");
            }
        });
        return levels;
    }

    private static boolean isLevel(JsonNode acr) {
        return acr.isTextual() && StepUp.isLevel(acr.textValue());
    }

    private static boolean isGiven(JsonNode value) {
        return !value.isMissingNode() && !value.isNull();
    }

    /** Unknown if the extension is older than this field. */
    private RedirectUris redirectUris() {
        if (!entry.path("redirectUris").isArray()) {
            return RedirectUris.UNKNOWN;
        }
        Set<String> uris = new LinkedHashSet<>();
        entry.path("redirectUris").forEach(uri -> uris.add(asEntered(uri)));
        return new RedirectUris(Optional.of(uris));
    }

    private ApplicationPages pages() {
        JsonNode pages = entry.path("pages");
        return new ApplicationPages(page(pages, "signIn"), page(pages, "error"));
    }

    private Optional<PagePath> page(JsonNode pages, String which) {
        JsonNode entered = pages.path(which);
        Optional<PagePath> path = PagePath.parse(entered.textValue());
        if (path.isEmpty() && !entered.isMissingNode() && !entered.isNull()) {
            ignored("its page " + which + " is no path of its own origin: " + quoted(asEntered(entered)));
        }
        return path;
    }

    /** All of them if the extension is older than this field. Scopes that a newer one lists are not asked for. */
    private Set<String> scopes() {
        if (entry.path("scopes").isMissingNode()) {
            return Demands.SCOPES;
        }
        Set<String> scopes = new LinkedHashSet<>();
        list(entry, "scopes").forEach(scope -> scopes.add(asEntered(scope)));
        scopes.retainAll(Demands.SCOPES);
        return scopes;
    }

    /**
     * Those that Keycloak uses unless somebody changes them, if the extension is older than this field. A sign-in with an
     * algorithm that the facade cannot verify is refused when its token comes, so that the log names the algorithm.
     */
    private TokenAlgorithms algorithms() {
        JsonNode named = entry.path("idTokenAlgorithm");
        return new TokenAlgorithms(
                named.isMissingNode() || named.isNull() ? TokenAlgorithms.USUAL.idToken() : asEntered(named),
                flag(entry, "logoutTokensByAnyAlgorithm", false).orElse(false));
    }

    private String name() {
        return shown(entry, "name").orElse(clientId.value());
    }

    private Set<Origin> origins() {
        Set<Origin> origins = new LinkedHashSet<>();
        for (JsonNode origin : list(entry, "webOrigins")) {
            Origin.parse(origin.textValue())
                    .ifPresentOrElse(
                            origins::add,
                            () -> ignored("the Web Origin " + quoted(asEntered(origin))
                                    + " is not scheme, host and port alone"));
        }
        return origins;
    }

    /** Returns empty if the previews are unusable. The application still signs people in at its own origins. */
    private Optional<Previews> previews(Set<Origin> origins) {
        JsonNode previews = entry.path("previews");
        if (previews.isMissingNode() || previews.isNull()) {
            return Optional.empty();
        }
        Set<OriginPattern> patterns = new LinkedHashSet<>();
        for (JsonNode pattern : list(previews, "patterns")) {
            OriginPattern.parse(pattern.textValue())
                    .ifPresentOrElse(
                            patterns::add,
                            () -> ignored(quoted(asEntered(pattern)) + " is no pattern of preview origins"));
        }
        Optional<Origin> callbackOrigin =
                Origin.parse(previews.path("callbackOrigin").textValue()).filter(origins::contains);
        if (callbackOrigin.isEmpty()) {
            ignored("its previews have no callback origin among its Web Origins");
        }
        return callbackOrigin.filter(origin -> !patterns.isEmpty()).map(origin -> new Previews(patterns, origin));
    }

    /**
     * Whether tokens of this client can be bound to a key. Refresh tokens of a public client would be bound too, and
     * would end with the key (RFC 9449, section 5).
     */
    private boolean canBind(ClientAuthentication authentication, Demands demands) {
        if (demands.boundTokens() && authentication.match(secret -> false, key -> false, none -> true)) {
            unusable("a public client whose tokens are bound to a key (Require DPoP bound tokens) is not supported;"
                    + " switch Client authentication on, or that off");
            return false;
        }
        return true;
    }

    private Optional<ClientAuthentication> authentication() {
        JsonNode method = entry.path("authentication");
        if (method.isMissingNode() || method.isNull()) {
            return byClientSecret();
        }
        switch (asEntered(method)) {
            case "none":
                return Optional.of(new ClientAuthentication.None());
            case "client_secret":
                return byClientSecret();
            case "private_key_jwt":
                return byKey();
            default:
                unusable("this facade cannot authenticate with " + quoted(asEntered(method))
                        + " (Client Authenticator in the Credentials tab)");
                return Optional.empty();
        }
    }

    private Optional<ClientAuthentication> byClientSecret() {
        Optional<Secret> secret = secrets.of(clientId);
        if (secret.isEmpty()) {
            unusable("the facade has no client secret for it. Give it one (" + ClientSecrets.places(clientId)
                    + "), or set Clients > the client > Credentials > Client Authenticator to Signed JWT, for the"
                    + " facade's own key");
        }
        return secret.map(ClientAuthentication.ClientSecret::new);
    }

    private Optional<ClientAuthentication> byKey() {
        if (!secrets.haveKey()) {
            unusable("it expects a signed JWT, and the facade has no key (mca.client-key.file)");
            return Optional.empty();
        }
        return Optional.of(new ClientAuthentication.PrivateKeyJwt(
                Optional.ofNullable(entry.path("authenticationAlgorithm").textValue())));
    }

    private List<Provider> providers() {
        Set<Provider> providers = new LinkedHashSet<>();
        for (JsonNode provider : list(entry, "providers")) {
            String alias = provider.path("alias").textValue();
            if (alias == null || alias.isBlank()) {
                ignored("a provider without an alias");
            } else if (!Provider.isAlias(alias)) {
                // Without a client id: every application has the same provider, and one line is enough.
                findings.accept(new DirectoryFinding(
                        DirectoryFinding.Kind.PART_IGNORED,
                        "",
                        "the identity provider " + quoted(alias) + " is offered by no application: an alias has ASCII"
                                + " letters, digits, _ . and - only, does not begin with . or -, and is no longer than"
                                + " 100 characters"));
            } else {
                providers.add(shown(provider, "displayName")
                        .map(name -> new Provider(alias, name))
                        .orElseGet(() -> new Provider(alias)));
            }
        }
        return List.copyOf(providers);
    }

    /** A text that users see; empty if it is missing or unusable. */
    private Optional<String> shown(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode()
                || value.isNull()
                || value.isTextual() && value.textValue().isBlank()) {
            return Optional.empty();
        }
        boolean fit = value.isTextual()
                && value.textValue().length() <= MAX_NAME
                && value.textValue().chars().noneMatch(Character::isISOControl);
        if (!fit) {
            ignored("the " + field + " " + quoted(asEntered(value)) + " is longer than " + MAX_NAME
                    + " characters, has control characters, or is no text");
        }
        return fit ? Optional.of(value.textValue()) : Optional.empty();
    }

    /** @return empty if the value is not a boolean, which is reported */
    private Optional<Boolean> flag(JsonNode node, String field, boolean otherwise) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.of(otherwise);
        }
        if (!value.isBoolean()) {
            ignored(field + " is neither true nor false: " + quoted(asEntered(value)));
            return Optional.empty();
        }
        return Optional.of(value.booleanValue());
    }

    private Iterable<JsonNode> list(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull() || value.isArray()) {
            return value;
        }
        ignored(field + " is no list: " + quoted(asEntered(value)));
        return List.of();
    }

    private static String asEntered(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    private void unusable(String text) {
        findings.accept(DirectoryFinding.unusable(clientId, text));
    }

    private void ignored(String text) {
        findings.accept(DirectoryFinding.ignored(clientId, text));
    }
}
