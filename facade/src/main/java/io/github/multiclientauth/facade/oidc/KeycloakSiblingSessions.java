package io.github.multiclientauth.facade.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import io.github.multiclientauth.facade.oidc.FacadeAccount.Answer;
import io.github.multiclientauth.facade.oidc.FacadeAccount.NoAnswerException;
import io.github.multiclientauth.origin.Origin;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks the extension's endpoint for the sessions of one user, as the facade's own service account. */
public final class KeycloakSiblingSessions implements SiblingSessions {

    private static final int NO_CONTENT = 204;

    /** In characters. What a browser or an administrator has written may be longer. */
    private static final int LONGEST_TEXT = 100;

    private final FacadeAccount account;
    private final URI sessions;

    /**
     * @param account holds the realm role {@code multi-client-auth-sessions}
     * @param directory the address of the directory. The sessions are beside it
     */
    public KeycloakSiblingSessions(FacadeAccount account, URI directory) {
        this.account = account;
        this.sessions = ExtensionAnswers.beside(directory, "sessions");
    }

    @Override
    public Listing list(Asker asking) {
        try {
            Answer answer = send(HTTPRequest.Method.GET, asking, "");
            if (isNotThere(answer)) {
                return new Listing.Over();
            }
            return answer.status() == HTTPResponse.SC_OK
                    ? listing(ExtensionAnswers.parse(answer.response().getBody()))
                    : new Listing.Unlisted(problem(answer));
        } catch (NoAnswerException e) {
            return new Listing.Unlisted(e.getMessage());
        }
    }

    @Override
    public Ending end(Asker asking, String sid) {
        try {
            Answer answer = send(HTTPRequest.Method.DELETE, asking, "/" + encoded(sid));
            if (isNotThere(answer)) {
                return new Ending.Gone();
            }
            return answer.status() == NO_CONTENT
                    ? new Ending.Ended(List.of(sid), 0)
                    : new Ending.Failed(problem(answer));
        } catch (NoAnswerException e) {
            return new Ending.Failed(e.getMessage());
        }
    }

    @Override
    public Ending endOthers(Asker asking) {
        try {
            Answer answer = send(HTTPRequest.Method.DELETE, asking, "");
            if (isNotThere(answer)) {
                return new Ending.Gone();
            }
            return answer.status() == HTTPResponse.SC_OK
                    ? ending(ExtensionAnswers.parse(answer.response().getBody()))
                    : new Ending.Failed(problem(answer));
        } catch (NoAnswerException e) {
            return new Ending.Failed(e.getMessage());
        }
    }

    private Answer send(HTTPRequest.Method method, Asker asking, String sibling) throws NoAnswerException {
        URI address = URI.create(sessions + "/" + encoded(asking.sid()) + "/siblings" + sibling + "?client="
                + encoded(asking.client().value()) + "&confirmedAt="
                + asking.confirmedAt().getEpochSecond()
                + (asking.ofClientOnly() ? "&only=client" : ""));
        return account.send(KeycloakEndpoint.SESSIONS, () -> {
            HTTPRequest request = new HTTPRequest(method, address);
            request.setAccept("application/json");
            return request;
        });
    }

    /** Keycloak's own answer for an address that does not exist has a body. */
    private static boolean isNotThere(Answer answer) {
        return answer.status() == HTTPResponse.SC_NOT_FOUND && answer.response().getBody() == null;
    }

    private String problem(Answer answer) {
        return ExtensionAnswers.problem(sessions, account.clientId(), answer.status());
    }

    private Listing listing(JsonNode document) {
        JsonNode list = document.path("sessions");
        JsonNode more = document.path("more");
        if (!list.isArray() || !more.isInt() || more.intValue() < 0) {
            return new Listing.Unlisted(sessions + " answered with something else than a user's sessions");
        }
        List<Sibling> siblings = new ArrayList<>();
        for (JsonNode entry : list) {
            Optional<Sibling> sibling = sibling(entry);
            if (sibling.isEmpty()) {
                return new Listing.Unlisted(sessions + " answered with an odd session");
            }
            siblings.add(sibling.get());
        }
        return new Listing.Listed(siblings, more.intValue());
    }

    private static Optional<Sibling> sibling(JsonNode entry) {
        Optional<String> sid = ExtensionAnswers.identifier(entry.path("id"));
        Optional<Instant> started = ExtensionAnswers.seconds(entry.path("started"));
        Optional<Instant> lastUsed = ExtensionAnswers.seconds(entry.path("lastUsed"));
        Optional<String> provider = text(entry.path("provider"));
        if (sid.isEmpty() || started.isEmpty() || lastUsed.isEmpty() || provider.isEmpty()) {
            return Optional.empty();
        }
        List<Place> places = new ArrayList<>();
        for (JsonNode place : entry.path("applications")) {
            text(place.path("name"))
                    .ifPresent(name -> places.add(
                            new Place(name, text(place.path("origin")).flatMap(Origin::parse))));
        }
        return Optional.of(new Sibling(
                sid.get(),
                started.get(),
                lastUsed.get(),
                text(entry.path("address")),
                text(entry.path("browser")),
                text(entry.path("system")),
                provider.get(),
                entry.path("offline").booleanValue(),
                entry.path("impersonated").booleanValue(),
                places));
    }

    private Ending ending(JsonNode document) {
        JsonNode left = document.path("left");
        if (!document.path("ended").isArray() || !left.isInt() || left.intValue() < 0) {
            return new Ending.Failed(sessions + " answered with something else than sessions that have ended");
        }
        List<String> ended = new ArrayList<>();
        for (JsonNode sid : document.path("ended")) {
            ExtensionAnswers.identifier(sid).ifPresent(ended::add);
        }
        return new Ending.Ended(ended, left.intValue());
    }

    /** The text in one line, shortened; empty if there is none. */
    private static Optional<String> text(JsonNode value) {
        return Optional.ofNullable(value.textValue())
                .map(text -> text.codePoints()
                        .filter(character -> !Character.isISOControl(character))
                        .limit(LONGEST_TEXT)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                        .strip())
                .filter(text -> !text.isEmpty());
    }

    /** The text as part of a path or of a query. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
