package io.github.multiclientauth.facade.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.common.contenttype.ContentType;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import io.github.multiclientauth.facade.oidc.FacadeAccount.NoAnswerException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Asks the extension for access tokens as the facade's own service account. */
public final class KeycloakAccessTokenSource implements AccessTokenSource {

    private static final String ROLE = "multi-client-auth-tokens";
    private static final int CONFLICT = 409;

    /** RFC 6750, section 2.1. What else were in it could end a header. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    /** RFC 6749, section 3.3. */
    private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~ ]*");

    private static final String DPOP = "DPoP";
    private static final String BEARER = "Bearer";

    private final FacadeAccount account;
    private final KeycloakClock clock;
    private final URI sessions;

    /**
     * @param account holds the realm role {@code multi-client-auth-tokens}
     * @param clock learns from the answers
     * @param directory the address of the directory. The sessions are beside it
     */
    public KeycloakAccessTokenSource(FacadeAccount account, KeycloakClock clock, URI directory) {
        this.account = account;
        this.clock = clock;
        this.sessions = ExtensionAnswers.beside(directory, "sessions");
    }

    @Override
    public Answer ask(Question question) {
        URI address = URI.create(sessions + "/" + ExtensionAnswers.encoded(question.sid()) + "/token");
        String body = written(question).toString();
        try {
            return answer(question, account.send(KeycloakEndpoint.ACCESS_TOKEN, () -> request(address, body)));
        } catch (NoAnswerException e) {
            return new Answer.Unknown(e.getMessage());
        }
    }

    private static HTTPRequest request(URI address, String body) {
        HTTPRequest request = new HTTPRequest(HTTPRequest.Method.POST, address);
        request.setEntityContentType(ContentType.APPLICATION_JSON);
        request.setAccept("application/json");
        request.setBody(body);
        return request;
    }

    private static ObjectNode written(Question question) {
        ObjectNode document = ExtensionAnswers.JSON
                .createObjectNode()
                .put("client", question.client().value())
                .put("confirmedAt", question.confirmedAt().getEpochSecond());
        question.jkt().ifPresent(jkt -> document.put("jkt", jkt));
        return document;
    }

    private Answer answer(Question question, FacadeAccount.Answer answer) {
        String body = answer.response().getBody();
        if (answer.status() == HTTPResponse.SC_OK) {
            return issued(question, ExtensionAnswers.parse(body), answer);
        }
        if (answer.status() == CONFLICT) {
            JsonNode refusal = ExtensionAnswers.parse(body);
            String reason = ExtensionAnswers.reason(refusal.path("reason"));
            return refusal.path("ended").asBoolean() ? new Answer.Ended(reason) : new Answer.Refused(reason);
        }
        // Keycloak's own answer for an address that does not exist has a body.
        if (answer.status() == HTTPResponse.SC_NOT_FOUND && body == null) {
            return new Answer.Ended("No such session");
        }
        return new Answer.Unknown(
                ExtensionAnswers.problem(sessions, account.clientId(), "get access tokens", ROLE, answer.status()));
    }

    private Answer issued(Question question, JsonNode given, FacadeAccount.Answer answer) {
        Optional<Instant> now = ExtensionAnswers.millis(given.path("now"));
        String value = given.path("access_token").asText();
        String type = question.jkt().isPresent() ? DPOP : BEARER;
        JsonNode life = given.path("expires_in");
        String scope = given.path("scope").asText();
        Optional<String> subject = ExtensionAnswers.identifier(given.path("sub"));
        if (now.isEmpty()
                || subject.isEmpty()
                || !TOKEN.matcher(value).matches()
                || !type.equalsIgnoreCase(given.path("token_type").asText())
                || !life.isIntegralNumber()
                || !life.canConvertToInt()
                || life.intValue() <= 0
                || !SCOPE.matcher(scope).matches()) {
            return new Answer.Unknown(sessions + " answered with something else than the token that was asked for");
        }
        clock.learn(now.get(), answer.arrived(), answer.roundTrip());
        return new Answer.Issued(value, type, now.get(), Duration.ofSeconds(life.intValue()), scope, subject.get());
    }
}
