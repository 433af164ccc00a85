package io.github.multiclientauth.extension.directory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.extension.origin.Printable;
import io.github.multiclientauth.extension.preview.Previews;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** The format of the directory. What readers do not know they skip; what they would misread makes another version. */
final class DirectoryJson {

    private static final int VERSION = 1;

    private DirectoryJson() {}

    /** @param addresses understands what was entered for a client */
    static String of(String realmName, RealmContents realm, Function<Registration, ClientAddresses> addresses) {
        ObjectNode directory = JsonNodeFactory.instance.objectNode();
        directory.put("version", VERSION).put("realm", realmName);
        ArrayNode applications = directory.putArray("applications");
        OfferedProviders providers = new OfferedProviders(realm);
        realm.applications().stream()
                .sorted(Comparator.comparing(Registration::clientId))
                .forEach(client -> {
                    ClientAddresses resolved = addresses.apply(client);
                    ObjectNode application = applications.addObject();
                    write(application, client, resolved, providers);
                    previews(application, realmName, client, resolved);
                });
        return directory.toString();
    }

    private static void write(
            ObjectNode application, Registration client, ClientAddresses addresses, OfferedProviders providers) {
        application
                .put("clientId", client.clientId())
                .put("name", client.name().isBlank() ? client.clientId() : client.name())
                .put("enabled", client.enabled());
        write(application.putArray("webOrigins"), addresses.webOrigins());
        write(application.putArray("redirectUris"), addresses.redirectUris());
        application.put("authentication", client.authentication());
        putIfSet(application, "pkce", client, Registration.PKCE);
        application.put("par", client.isOn(Registration.PAR)).put("dpop", client.isOn(Registration.DPOP));
        ArrayNode offers = application.putArray("providers");
        for (OfferedProviders.Offer offer : providers.to(client, addresses.redirectUris())) {
            offers.addObject().put("alias", offer.alias()).put("displayName", offer.displayName());
        }
        putIfSet(application, "backchannelLogoutUrl", client, Registration.BACKCHANNEL_LOGOUT_URL);
    }

    /** Only what can be used. The rest is logged here, where the client is named: nobody else sees what was entered. */
    private static void previews(
            ObjectNode application, String realmName, Registration client, ClientAddresses addresses) {
        Previews previews = Previews.of(client.previews(), addresses.webOrigins(), addresses.redirectUris());
        String clientId = client.clientId();
        previews.ignored().forEach(entry -> DirectoryLog.LOG.noPattern(clientId, realmName, Printable.of(entry)));
        previews.problem().ifPresent(problem -> DirectoryLog.LOG.noPreviews(clientId, realmName, problem));
        previews.callbackOrigin().ifPresent(callbackOrigin -> {
            ObjectNode node = application.putObject("previews");
            write(node.putArray("patterns"), previews.patterns());
            node.put("callbackOrigin", callbackOrigin);
        });
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
