package io.github.multiclientauth.extension.directory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.extension.Printable;
import io.github.multiclientauth.extension.compatibility.LogoutTokenAlgorithm;
import io.github.multiclientauth.extension.listing.ApiAccessEntries;
import io.github.multiclientauth.extension.listing.LogOnce;
import io.github.multiclientauth.extension.listing.OfferedProviders;
import io.github.multiclientauth.extension.listing.PageEntries;
import io.github.multiclientauth.extension.listing.Previews;
import io.github.multiclientauth.extension.listing.RealmContents;
import io.github.multiclientauth.extension.listing.Registration;
import io.github.multiclientauth.extension.listing.StepUpEntries;
import io.github.multiclientauth.extension.provider.ProviderAlias;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The format of the directory. Readers ignore fields that they do not know. A change that they would misread needs
 * another version.
 */
final class DirectoryJson {

    private static final int VERSION = 1;

    private static final LogOnce ONCE = new LogOnce();

    private DirectoryJson() {}

    /** @param addresses resolves the addresses of a client */
    static String of(String realmName, RealmContents realm, Function<Registration, ClientAddresses> addresses) {
        ObjectNode directory = JsonNodeFactory.instance.objectNode();
        directory.put("version", VERSION).put("realm", realmName);
        ArrayNode applications = directory.putArray("applications");
        OfferedProviders providers = new OfferedProviders(realm);
        realm.applications().stream()
                .sorted(Comparator.comparing(Registration::clientId))
                .forEach(client -> applications.add(entry(realmName, realm, client, addresses, providers)));
        return directory.toString();
    }

    /**
     * A client whose settings cannot be understood is listed too. It cannot be served, but it has not been removed, and
     * the other clients are not affected.
     */
    private static ObjectNode entry(
            String realmName,
            RealmContents realm,
            Registration client,
            Function<Registration, ClientAddresses> addresses,
            OfferedProviders providers) {
        ObjectNode application = JsonNodeFactory.instance.objectNode();
        application
                .put("clientId", client.clientId())
                .put("name", client.name().isBlank() ? client.clientId() : client.name())
                .put("enabled", client.enabled());
        try {
            ClientAddresses resolved = addresses.apply(client);
            ObjectNode rest = JsonNodeFactory.instance.objectNode();
            write(rest, realmName, client, resolved, providers);
            algorithms(rest, client.idTokenAlgorithm(realm.signatureAlgorithm()));
            previews(rest, realmName, client, resolved);
            pages(rest, client.pages());
            stepUp(rest, client.stepUp());
            apiAccess(rest, client.apiAccess());
            return application.setAll(rest);
        } catch (RuntimeException e) {
            ONCE.log(
                    "client " + realmName + " " + client.clientId(),
                    () -> DirectoryLog.LOG.notUnderstood(Printable.of(client.clientId()), realmName, e));
            application.putArray("webOrigins");
            return application;
        }
    }

    private static void write(
            ObjectNode application,
            String realmName,
            Registration client,
            ClientAddresses addresses,
            OfferedProviders providers) {
        write(application.putArray("webOrigins"), addresses.webOrigins());
        write(application.putArray("redirectUris"), addresses.redirectUris());
        application.put("authentication", client.authentication());
        putIfSet(application, "authenticationAlgorithm", client, Registration.SIGNING);
        putIfSet(application, "pkce", client, Registration.PKCE);
        application.put("par", client.isOn(Registration.PAR)).put("dpop", client.isOn(Registration.DPOP));
        write(application.putArray("scopes"), client.scopes().stream().sorted().toList());
        ArrayNode offers = application.putArray("providers");
        for (OfferedProviders.Offer offer : providers.to(client, addresses.redirectUris())) {
            if (ProviderAlias.isUsable(offer.alias())) {
                offers.addObject().put("alias", offer.alias()).put("displayName", offer.displayName());
            } else {
                // An older facade would ignore every application that offers it.
                ONCE.log(
                        "provider " + realmName + " " + offer.alias(),
                        () -> DirectoryLog.LOG.noAlias(Printable.of(offer.alias()), realmName));
            }
        }
        putIfSet(application, "backchannelLogoutUrl", client, Registration.BACKCHANNEL_LOGOUT_URL);
    }

    private static void algorithms(ObjectNode application, String ofIdTokens) {
        application.put("idTokenAlgorithm", ofIdTokens);
        if (!LogoutTokenAlgorithm.isThatOfIdTokens()) {
            application.put("logoutTokensByAnyAlgorithm", true);
        }
    }

    /**
     * Writes only what is usable. The rest is logged here, where the client is known: the facade does not see what was
     * entered.
     */
    private static void previews(
            ObjectNode application, String realmName, Registration client, ClientAddresses addresses) {
        Previews previews = Previews.of(client.previews(), addresses.webOrigins(), addresses.redirectUris());
        String clientId = client.clientId();
        String about = "previews " + realmName + " " + clientId + " ";
        previews.ignored()
                .forEach(entry -> ONCE.log(
                        about + entry, () -> DirectoryLog.LOG.noPattern(clientId, realmName, Printable.of(entry))));
        previews.problem()
                .ifPresent(problem ->
                        ONCE.log(about + problem, () -> DirectoryLog.LOG.noPreviews(clientId, realmName, problem)));
        previews.callbackOrigin().ifPresent(callbackOrigin -> {
            ObjectNode node = application.putObject("previews");
            write(node.putArray("patterns"), previews.patterns());
            node.put("callbackOrigin", callbackOrigin);
        });
    }

    private static void pages(ObjectNode application, PageEntries pages) {
        if (pages.usableSignIn().isPresent() || pages.usableError().isPresent()) {
            ObjectNode node = application.putObject("pages");
            pages.usableSignIn().ifPresent(path -> node.put("signIn", path));
            pages.usableError().ifPresent(path -> node.put("error", path));
        }
    }

    /** Writes a demand that cannot be understood as it was entered: a facade does not serve the application then. */
    private static void stepUp(ObjectNode application, StepUpEntries entries) {
        if (!entries.levels().isEmpty()) {
            ObjectNode levels = application.putObject("acrLevels");
            new TreeMap<>(entries.levels()).forEach(levels::put);
        }
        entries.strictestAcr().ifPresent(acr -> application.put("minimumAcr", acr));
        entries.strictestAge().ifPresent(age -> {
            if (StepUpEntries.isAge(age)) {
                application.put("maximumAge", Integer.parseInt(age));
            } else {
                application.put("maximumAge", age);
            }
        });
        if (entries.showAuthentication()) {
            application.put("showAuthentication", true);
        }
    }

    /** Older facades give no tokens, so that a client without tokens has no field. */
    private static void apiAccess(ObjectNode application, ApiAccessEntries entries) {
        entries.receivers()
                .ifPresent(receivers -> application.putObject("accessTokens").put("for", receivers));
    }

    private static void write(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    private static void putIfSet(ObjectNode application, String field, Registration client, String attribute) {
        String value = client.attributes().get(attribute);
        if (value != null && !value.isBlank()) {
            application.put(field, value);
        }
    }
}
