package io.github.multiclientauth.testbed.provider.oauth;

import io.github.multiclientauth.testbed.provider.Person;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** The token endpoint: checks the app and its request, and issues tokens. */
public final class TokenEndpoint {

    private final TokenDialect dialect;
    private final Ledger ledger;
    private final Optional<IdTokens> idTokens;

    /** @param idTokens empty at a provider without ID tokens */
    public TokenEndpoint(TokenDialect dialect, Ledger ledger, Optional<IdTokens> idTokens) {
        this.dialect = dialect;
        this.ledger = ledger;
        this.idTokens = idTokens;
    }

    public void answer(RoutingContext context) {
        RequestParameters parameters = parameters(context);
        ClientCredentials credentials = ClientCredentials.of(
                context.request().getHeader("Authorization"), parameters, dialect.clientAuthentication());
        Optional<RegisteredApp> app = ledger.apps().find(credentials.clientId());
        boolean right = app.isPresent()
                && credentials.secret().map(app.get()::hasSecret).orElse(false);
        Outcome outcome = right
                ? outcome(app.get(), parameters)
                : new Outcome.Refused(
                        app.isEmpty() ? TokenFault.UNKNOWN_APP : TokenFault.WRONG_SECRET, Optional.empty());
        ledger.sightings()
                .note(
                        outcome instanceof Outcome.Refreshed ? Sighting.Kind.REFRESH : Sighting.Kind.REDEEM,
                        credentials.clientId(),
                        outcome.grant().map(Grant::login).orElse(""),
                        credentials(credentials, right));
        reply(context, outcome);
    }

    private RequestParameters parameters(RoutingContext context) {
        if (context.request().method() == HttpMethod.GET) {
            return RequestParameters.ofQuery(context);
        }
        String type = context.request().getHeader("Content-Type");
        boolean json = dialect.takesJson() && type != null && type.startsWith("application/json");
        return json ? RequestParameters.ofJson(context) : RequestParameters.ofForm(context);
    }

    private static Sighting.Credentials credentials(ClientCredentials sent, boolean right) {
        if (sent.secret().isEmpty()) {
            return Sighting.Credentials.NONE;
        }
        return right ? Sighting.Credentials.RIGHT : Sighting.Credentials.WRONG;
    }

    /** The result of a token request. */
    private sealed interface Outcome {
        Optional<Grant> grant();

        record Redeemed(Optional<Grant> grant) implements Outcome {}

        record Refreshed(Optional<Grant> grant) implements Outcome {}

        record Refused(TokenFault fault, Optional<Grant> grant) implements Outcome {}
    }

    private Outcome outcome(RegisteredApp app, RequestParameters parameters) {
        String grantType = parameters.get("grant_type");
        if (grantType == null ? dialect.assumesCode() : grantType.equals("authorization_code")) {
            return redeem(app, parameters);
        }
        if ("refresh_token".equals(grantType)) {
            return refresh(app, parameters);
        }
        return new Outcome.Refused(TokenFault.UNSUPPORTED_GRANT_TYPE, Optional.empty());
    }

    private Outcome redeem(RegisteredApp app, RequestParameters parameters) {
        Codes.Redemption redemption = ledger.codes().redeem(app, parameters, !dialect.assumesRedirect());
        if (redemption instanceof Codes.Redemption.Redeemed redeemed) {
            Optional<Grant> grant = Optional.of(redeemed.grant());
            return madeToFail(redeemed.grant())
                    .<Outcome>map(fault -> new Outcome.Refused(fault, grant))
                    .orElseGet(() -> new Outcome.Redeemed(grant));
        }
        return new Outcome.Refused(((Codes.Redemption.Refused) redemption).fault(), Optional.empty());
    }

    private Optional<TokenFault> madeToFail(Grant grant) {
        if (ledger.failures().has(grant.login(), Failure.TOKEN_REFUSED)) {
            return Optional.of(TokenFault.UNKNOWN_CODE);
        }
        return ledger.failures().has(grant.login(), Failure.SECRET_REFUSED)
                ? Optional.of(TokenFault.WRONG_SECRET)
                : Optional.empty();
    }

    private Outcome refresh(RegisteredApp app, RequestParameters parameters) {
        Optional<Grant> grant = ledger.refreshTokens()
                .find(parameters.get("refresh_token"))
                .filter(found -> found.clientId().equals(app.clientId()));
        return grant.isPresent()
                ? new Outcome.Refreshed(grant)
                : new Outcome.Refused(TokenFault.UNKNOWN_REFRESH_TOKEN, grant);
    }

    private void reply(RoutingContext context, Outcome outcome) {
        boolean json = dialect.answersInJson(context.request().getHeader("Accept"));
        if (outcome instanceof Outcome.Refused refused) {
            OAuthLog.LOG.tokenRefused(ledger.provider(), refused.fault());
            Reply refusal = dialect.refusal(refused.fault());
            (json ? refusal : refusal.asForm()).send(context.response());
            return;
        }
        Grant grant = outcome.grant().orElseThrow();
        boolean first = outcome instanceof Outcome.Redeemed;
        ledger.holds()
                .whenFree(
                        context,
                        grant.login(),
                        Endpoint.TOKEN,
                        () -> grant(grant, first, json).send(context.response()));
    }

    private Reply grant(Grant grant, boolean first, boolean json) {
        if (ledger.failures().has(grant.login(), Failure.TOKEN_UNAVAILABLE)) {
            return Reply.unavailable();
        }
        Person person = ledger.people().find(grant.login()).orElseThrow();
        String accessToken = ledger.accessTokens().issue(grant);
        Optional<String> idToken = idTokens.filter(tokens -> grant.has("openid"))
                .map(tokens -> tokens.issue(dialect.idTokenClaims(grant, person), grant, accessToken));
        Optional<String> refreshToken =
                first && grant.offline() ? Optional.of(ledger.refreshTokens().issue(grant)) : Optional.empty();
        long expiresIn = ledger.accessTokenLifetime().toSeconds();
        Reply answer = dialect.granted(new Issued(grant, accessToken, expiresIn, idToken, refreshToken));
        Reply granted = json ? answer : answer.asForm();
        return ledger.failures().has(grant.login(), Failure.TOKEN_MALFORMED) ? granted.malformed() : granted;
    }
}
