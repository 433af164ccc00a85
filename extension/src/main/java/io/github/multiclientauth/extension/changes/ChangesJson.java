package io.github.multiclientauth.extension.changes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.extension.changes.Change.ClientChanged;
import io.github.multiclientauth.extension.changes.Change.RealmChanged;
import io.github.multiclientauth.extension.changes.Change.SessionEnded;
import io.github.multiclientauth.extension.changes.Change.UserChanged;
import java.util.Optional;

/** How changes are written, for facades and for other nodes. */
final class ChangesJson {

    private static final String SESSION = "session";
    private static final String USER = "user";
    private static final String EXCEPT = "except";
    private static final String CLIENT = "client";
    private static final String REALM = "realm";

    private ChangesJson() {}

    static String of(Memory.Answer answer) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("now", answer.now()).put("since", answer.since());
        ArrayNode changes = document.putArray("changes");
        answer.changes().forEach(noted -> write(changes.addObject().put("at", noted.at()), noted.change()));
        return document.toString();
    }

    /** Writes what has changed into an object. */
    static ObjectNode write(ObjectNode entry, Change change) {
        return change.match(
                session -> entry.put(SESSION, session.sid()),
                user -> {
                    user.except().ifPresent(except -> entry.put(EXCEPT, except));
                    return entry.put(USER, user.user());
                },
                client -> entry.put(CLIENT, client.clientId()),
                () -> entry.put(REALM, true));
    }

    /** Reads what another node has written. What a later version may have written concerns everybody. */
    static Change read(JsonNode entry) {
        if (entry.path(SESSION).isTextual()) {
            return new SessionEnded(entry.path(SESSION).textValue());
        }
        if (entry.path(USER).isTextual()) {
            return new UserChanged(
                    entry.path(USER).textValue(),
                    Optional.ofNullable(entry.path(EXCEPT).textValue()));
        }
        return entry.path(CLIENT).isTextual()
                ? new ClientChanged(entry.path(CLIENT).textValue())
                : new RealmChanged();
    }
}
