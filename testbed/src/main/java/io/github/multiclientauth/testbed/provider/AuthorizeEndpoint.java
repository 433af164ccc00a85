package io.github.multiclientauth.testbed.provider;

import io.github.multiclientauth.testbed.web.Pages;
import io.github.multiclientauth.testbed.web.Parameters;
import io.github.multiclientauth.testbed.web.Replies;
import io.quarkus.qute.Template;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** {@code /login/oauth/authorize}: asks whom to sign in as. POST is our page's own form, not part of GitHub's contract. */
final class AuthorizeEndpoint {

    /** No {@code form-action}: browsers apply it to the redirects after the form, which lead to another origin. */
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none';" + " frame-ancestors 'none'";

    private static final String TROUBLESHOOTING =
            "/apps/building-integrations/setting-up-and-registering-oauth-apps/troubleshooting-authorization-request-errors/";

    private final OAuthApp app;
    private final People people;
    private final Grants grants;
    private final Template choose = Pages.template(AuthorizeEndpoint.class, "authorize.html");
    private final Template refused = Pages.template(AuthorizeEndpoint.class, "refused.html");

    AuthorizeEndpoint(OAuthApp app, People people, Grants grants) {
        this.app = app;
        this.people = people;
        this.grants = grants;
    }

    void ask(RoutingContext context) {
        Function<String, String> parameter = context.queryParams()::get;
        AuthorizationRequest request = AuthorizationRequest.of(parameter, app);
        if (request instanceof AuthorizationRequest.Acceptable) {
            String page = choose.data("app", app.name())
                    .data("people", people.all())
                    .data("request", context.queryParams().entries())
                    .render();
            page(context.response(), 200, page);
        } else {
            refuse(context.response(), request);
        }
    }

    void answer(RoutingContext context) {
        Function<String, String> parameter = context.request().formAttributes()::get;
        AuthorizationRequest request = AuthorizationRequest.of(parameter, app);
        if (!(request instanceof AuthorizationRequest.Acceptable acceptable)) {
            refuse(context.response(), request);
            return;
        }
        if (parameter.apply("cancel") != null) {
            sendBack(
                    context.response(),
                    acceptable.redirectUri(),
                    error("access_denied", "The user has denied your application access.", "access-denied"),
                    acceptable.state());
            return;
        }
        Optional<Person> person = Optional.ofNullable(parameter.apply("login")).flatMap(people::find);
        if (person.isEmpty()) {
            page(
                    context.response(),
                    422,
                    refusal("Nobody has this account", "Go back and choose one of the people of the list."));
            return;
        }
        ProviderLog.LOG.agreed(person.get().login());
        Map<String, String> success = new LinkedHashMap<>();
        success.put("code", grants.code(person.get(), acceptable));
        sendBack(context.response(), acceptable.redirectUri(), success, acceptable.state());
    }

    private void refuse(HttpServerResponse response, AuthorizationRequest request) {
        if (request instanceof AuthorizationRequest.ForeignRedirect foreign) {
            // Never to the address that was asked for: that is the attack.
            Map<String, String> error = error(
                    "redirect_uri_mismatch",
                    "The redirect_uri MUST match the registered callback URL for this application.",
                    "redirect-uri-mismatch");
            sendBack(response, app.callback().toString(), error, foreign.state());
        } else if (request instanceof AuthorizationRequest.UnsupportedChallenge) {
            page(response, 400, refusal("This cannot be checked", "Only code_challenge_method=S256 is supported."));
        } else {
            page(response, 404, refusal("Page not found", "No application has this client id."));
        }
    }

    private static Map<String, String> error(String code, String description, String anchor) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("error", code);
        error.put("error_description", description);
        error.put("error_uri", TROUBLESHOOTING + "#" + anchor);
        return error;
    }

    private static void sendBack(HttpServerResponse response, String to, Map<String, String> with, String state) {
        if (!state.isEmpty()) {
            with.put("state", state);
        }
        Replies.redirect(response, Parameters.append(to, with));
    }

    private String refusal(String title, String text) {
        return refused.data("title", title).data("text", text).render();
    }

    private static void page(HttpServerResponse response, int status, String html) {
        Replies.send(response, status, "text/html; charset=utf-8", POLICY, html);
    }
}
