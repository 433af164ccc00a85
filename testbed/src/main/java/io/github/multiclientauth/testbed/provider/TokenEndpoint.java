package io.github.multiclientauth.testbed.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.testbed.web.Parameters;
import io.github.multiclientauth.testbed.web.Replies;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** {@code POST /login/oauth/access_token}: form or JSON in, form or JSON out as {@code Accept} says. */
final class TokenEndpoint {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final OAuthApp app;
    private final People people;
    private final Grants grants;

    TokenEndpoint(OAuthApp app, People people, Grants grants) {
        this.app = app;
        this.people = people;
        this.grants = grants;
    }

    void redeem(RoutingContext context) {
        Function<String, String> parameter = parameters(context);
        String secret = parameter.apply("client_secret");
        if (!app.clientId().equals(parameter.apply("client_id")) || secret == null || !app.hasSecret(secret)) {
            refuse(context, TokenError.INCORRECT_CLIENT_CREDENTIALS);
            return;
        }
        Grants.Redemption redemption = grants.redeem(
                parameter.apply("code"), parameter.apply("redirect_uri"), parameter.apply("code_verifier"));
        if (redemption instanceof Grants.Redemption.OtherRedirect) {
            refuse(context, TokenError.REDIRECT_URI_MISMATCH);
        } else if (redemption instanceof Grants.Redemption.Redeemed redeemed) {
            grant(context, redeemed.access());
        } else {
            refuse(context, TokenError.BAD_VERIFICATION_CODE);
        }
    }

    private void grant(RoutingContext context, Grants.Access access) {
        if (people.fails(access.login(), Failure.UNAVAILABLE)) {
            Replies.send(
                    context.response(),
                    503,
                    "text/html; charset=utf-8",
                    "default-src 'none'",
                    "<!DOCTYPE html><title>Unicorn!</title><p>No server is currently available to service your request.");
            return;
        }
        if (people.fails(access.login(), Failure.BAD_VERIFICATION_CODE)) {
            refuse(context, TokenError.BAD_VERIFICATION_CODE);
            return;
        }
        if (people.fails(access.login(), Failure.INCORRECT_CLIENT_CREDENTIALS)) {
            refuse(context, TokenError.INCORRECT_CLIENT_CREDENTIALS);
            return;
        }
        Map<String, String> body = new LinkedHashMap<>();
        body.put("access_token", grants.token(access));
        body.put("scope", String.join(",", access.scopes()));
        body.put("token_type", "bearer");
        send(context, body);
    }

    private static void refuse(RoutingContext context, TokenError error) {
        ProviderLog.LOG.tokenRefused(error);
        send(context, error.body());
    }

    private static void send(RoutingContext context, Map<String, String> body) {
        String accept = context.request().getHeader("Accept");
        if (accept != null && accept.contains("application/json")) {
            Replies.data(context.response(), 200, "application/json; charset=utf-8", json(body));
        } else {
            Replies.data(
                    context.response(),
                    200,
                    "application/x-www-form-urlencoded; charset=utf-8",
                    Parameters.encode(body));
        }
    }

    private static Function<String, String> parameters(RoutingContext context) {
        String type = context.request().getHeader("Content-Type");
        if (type == null || !type.contains("application/json")) {
            return context.request().formAttributes()::get;
        }
        try {
            JsonNode body = JSON.readTree(context.body().asString());
            return name -> body.path(name).asText(null);
        } catch (JsonProcessingException | IllegalArgumentException unreadable) {
            return name -> null;
        }
    }

    private static String json(Map<String, String> body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException mapsOfTextAlwaysWork) {
            throw new IllegalStateException(mapsOfTextAlwaysWork);
        }
    }
}
