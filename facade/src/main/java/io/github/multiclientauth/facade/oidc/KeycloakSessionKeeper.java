package io.github.multiclientauth.facade.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.common.contenttype.ContentType;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.oidc.FacadeAccount.Answer;
import io.github.multiclientauth.facade.oidc.FacadeAccount.NoAnswerException;
import io.github.multiclientauth.origin.Origin;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks the extension's sessions endpoint as the facade's own service account. */
public final class KeycloakSessionKeeper implements SessionKeeper {

    private static final int NO_CONTENT = 204;

    private final FacadeAccount account;
    private final KeycloakClock clock;
    private final URI sessions;
    private final URI issuer;

    /**
     * @param account holds the realm role {@code multi-client-auth-sessions}
     * @param clock learns from the answers
     * @param directory the address of the directory. The sessions are beside it
     * @param issuer the realm as browsers know it
     */
    public KeycloakSessionKeeper(FacadeAccount account, KeycloakClock clock, URI directory, URI issuer) {
        this.issuer = issuer;
        this.account = account;
        this.clock = clock;
        this.sessions = ExtensionAnswers.beside(directory, "sessions");
    }

    @Override
    public List<Verdict> ask(List<Question> questions) {
        String body = written(questions).toString();
        try {
            return verdicts(questions, account.send(KeycloakEndpoint.SESSIONS, () -> request(body)));
        } catch (NoAnswerException e) {
            return unknown(questions, e.getMessage());
        }
    }

    private HTTPRequest request(String body) {
        HTTPRequest request = new HTTPRequest(HTTPRequest.Method.POST, sessions);
        request.setEntityContentType(ContentType.APPLICATION_JSON);
        request.setAccept("application/json");
        request.setBody(body);
        return request;
    }

    private static ObjectNode written(List<Question> questions) {
        ObjectNode document = ExtensionAnswers.JSON.createObjectNode();
        ArrayNode list = document.putArray("sessions");
        for (Question question : questions) {
            list.addObject()
                    .put("client", question.client().value())
                    .put("sid", question.sid())
                    .put("confirmedAt", question.confirmedAt().getEpochSecond())
                    .put("extend", question.extend());
        }
        return document;
    }

    private List<Verdict> verdicts(List<Question> questions, Answer answer) {
        if (answer.status() != HTTPResponse.SC_OK) {
            return unknown(questions, ExtensionAnswers.problem(sessions, account.clientId(), answer.status()));
        }
        JsonNode document = ExtensionAnswers.parse(answer.response().getBody());
        Optional<Instant> now = ExtensionAnswers.millis(document.path("now"));
        JsonNode list = document.path("sessions");
        if (now.isEmpty() || !list.isArray()) {
            return unknown(questions, sessions + " answered with something else than sessions");
        }
        if (list.size() != questions.size()) {
            return unknown(
                    questions,
                    sessions + " answered about " + list.size() + " sessions instead of " + questions.size());
        }
        clock.learn(now.get(), answer.arrived(), answer.roundTrip());
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            verdicts.add(verdict(questions.get(i), list.get(i), now.get()));
        }
        return List.copyOf(verdicts);
    }

    private static List<Verdict> unknown(List<Question> questions, String reason) {
        return questions.stream()
                .<Verdict>map(question -> new Verdict.Unknown(reason))
                .toList();
    }

    private static Verdict verdict(Question question, JsonNode given, Instant now) {
        JsonNode alive = given.path("alive");
        if (given.has("error")) {
            return new Verdict.Unknown(
                    alive.isMissingNode()
                            ? ExtensionAnswers.reason(given.path("error"))
                            : odd("both an error and a verdict"));
        }
        if (!alive.isBoolean()) {
            return new Verdict.Unknown(odd("no verdict"));
        }
        return alive.booleanValue()
                ? alive(question, given, now)
                : new Verdict.Ended(ExtensionAnswers.reason(given.path("reason")));
    }

    private static Verdict alive(Question question, JsonNode given, Instant now) {
        Optional<String> user = ExtensionAnswers.identifier(given.path("user"));
        if (user.isEmpty()) {
            return new Verdict.Unknown(odd("no user"));
        }
        JsonNode claims = given.path("claims");
        boolean pairwise = !user.get().equals(claims.path("sub").textValue());
        try {
            Identity identity =
                    new IdentityClaims(name -> value(claims.path(name))).identity(question.client(), pairwise);
            if (!identity.sid().equals(question.sid())) {
                return new Verdict.Unknown(odd("another session"));
            }
            return alive(identity, now, given.path("endsAt"));
        } catch (IdentityClaims.UnusableException e) {
            return new Verdict.Unknown(odd("claims " + e.getMessage()));
        }
    }

    private static Verdict alive(Identity identity, Instant now, JsonNode endsAt) {
        boolean endless = endsAt.isMissingNode()
                || endsAt.isNull()
                || endsAt.isIntegralNumber() && endsAt.canConvertToLong() && endsAt.longValue() == 0;
        if (endless) {
            return new Verdict.Alive(identity, now, Optional.empty());
        }
        return ExtensionAnswers.seconds(endsAt)
                .<Verdict>map(end -> new Verdict.Alive(identity, now, Optional.of(end)))
                .orElseGet(() -> new Verdict.Unknown(odd("an odd end")));
    }

    private static String odd(String found) {
        return "Keycloak's answer has " + found;
    }

    /** The value as in the claims of a token; null if there is none. */
    private static Object value(JsonNode claim) {
        if (claim.isMissingNode() || claim.isNull()) {
            return null;
        }
        if (claim.isTextual()) {
            return claim.textValue();
        }
        return claim.isBoolean() ? (Object) claim.booleanValue() : claim;
    }

    @Override
    public Ending end(ClientId client, String sid) {
        return endAt(
                sessions + "/" + ExtensionAnswers.encoded(sid) + "?client=" + ExtensionAnswers.encoded(client.value()));
    }

    @Override
    public Ending endInBrowser(ClientId client, String sid, String returnTo) {
        return endAt(sessions + "/" + ExtensionAnswers.encoded(sid) + "?client="
                + ExtensionAnswers.encoded(client.value()) + "&returnTo=" + ExtensionAnswers.encoded(returnTo));
    }

    private Ending endAt(String url) {
        URI address = URI.create(url);
        try {
            Answer answer =
                    account.send(KeycloakEndpoint.SESSIONS, () -> new HTTPRequest(HTTPRequest.Method.DELETE, address));
            return ending(answer);
        } catch (NoAnswerException e) {
            return new Ending.Failed(e.getMessage());
        }
    }

    private Ending ending(Answer answer) {
        if (answer.status() == NO_CONTENT) {
            return new Ending.Ended();
        }
        if (answer.status() == HTTPResponse.SC_OK) {
            return inBrowser(ExtensionAnswers.parse(answer.response().getBody()).path("endAt"));
        }
        // Keycloak's own answer for an address that does not exist has a body.
        if (answer.status() == HTTPResponse.SC_NOT_FOUND && answer.response().getBody() == null) {
            return new Ending.NotThere();
        }
        return new Ending.Failed(ExtensionAnswers.problem(sessions, account.clientId(), answer.status()));
    }

    /** A browser is sent to Keycloak only. */
    private Ending inBrowser(JsonNode endAt) {
        return Origin.ofUrl(endAt.asText()).equals(Origin.ofUrl(issuer.toString()))
                ? new Ending.InBrowser(URI.create(endAt.asText()))
                : new Ending.Failed(odd("an address that is not Keycloak's, which mca.issuer names"));
    }
}
