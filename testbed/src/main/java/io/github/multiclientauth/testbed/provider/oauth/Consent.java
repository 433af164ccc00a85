package io.github.multiclientauth.testbed.provider.oauth;

import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.web.Pages;
import io.github.multiclientauth.testbed.web.Parameters;
import io.github.multiclientauth.testbed.web.Replies;
import io.quarkus.qute.Template;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The authorization endpoint. Its page asks with which account to sign in. POST is the form of this page, which no provider has. It is
 * checked like the request.
 */
public final class Consent {

    /** The policy without {@code form-action}, because browsers apply that to redirects after the form, which lead to another origin. */
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final ConsentDialect dialect;
    private final Ledger ledger;
    private final Pictures pictures;
    private final OfflineRule offline;
    private final Template choose = Pages.template(Consent.class, "authorize.html");
    private final Template refused = Pages.template(Consent.class, "refused.html");

    /** Whether the app also gets a refresh token. */
    public interface OfflineRule {
        boolean wants(AuthorizationRequest request);
    }

    public Consent(ConsentDialect dialect, Ledger ledger, Pictures pictures, OfflineRule offline) {
        this.dialect = dialect;
        this.ledger = ledger;
        this.pictures = pictures;
        this.offline = offline;
    }

    public void ask(RoutingContext context) {
        RequestParameters sent = RequestParameters.ofQuery(context);
        ledger.sightings().note(Sighting.Kind.AUTHORIZE, sent.get("client_id"), "", Sighting.Credentials.NONE);
        Judgement judgement = dialect.policy().judge(sent, ledger.apps());
        if (judgement instanceof Judgement.Acceptable acceptable) {
            page(context, acceptable.request());
        } else if (judgement instanceof Judgement.Faulty faulty) {
            refuse(context, faulty);
        }
    }

    public void answer(RoutingContext context) {
        RequestParameters sent = RequestParameters.ofForm(context);
        Judgement judgement = dialect.policy().judge(sent, ledger.apps());
        if (judgement instanceof Judgement.Acceptable acceptable) {
            answer(context, acceptable.request());
        } else if (judgement instanceof Judgement.Faulty faulty) {
            refuse(context, faulty);
        }
    }

    private void answer(RoutingContext context, AuthorizationRequest request) {
        if (request.parameters().containsKey("cancel")) {
            sendBack(context.response(), request.returnAddress(), dialect.denied(), "");
            return;
        }
        Optional<Person> chosen =
                Optional.ofNullable(request.parameters().get("login")).flatMap(ledger.people()::find);
        if (chosen.isEmpty()) {
            page(context, 422, "Nobody has this account", "Go back and choose one of the people of the list.");
            return;
        }
        Person person = chosen.get();
        if (ledger.failures().has(person.login(), Failure.DENIED)) {
            sendBack(context.response(), request.returnAddress(), dialect.denied(), "");
        } else if (ledger.failures().has(person.login(), Failure.SERVER_ERROR)) {
            sendBack(context.response(), request.returnAddress(), dialect.failed(), "");
        } else {
            agree(context, request, person);
        }
    }

    private void agree(RoutingContext context, AuthorizationRequest request, Person person) {
        OAuthLog.LOG.agreed(person.login(), ledger.provider());
        ledger.sightings()
                .note(Sighting.Kind.AGREE, request.app().clientId(), person.login(), Sighting.Credentials.NONE);
        Map<String, String> success = new LinkedHashMap<>();
        success.put(
                "code",
                ledger.codes()
                        .issue(new Grant(
                                person.login(),
                                request.app().clientId(),
                                request.returnAddress().redirectUri(),
                                request.scopes(),
                                request.nonce(),
                                request.challenge(),
                                offline.wants(request))));
        success.putAll(dialect.agreed(request, person));
        sendBack(context.response(), request.returnAddress(), success, dialect.fragment());
    }

    private void refuse(RoutingContext context, Judgement.Faulty faulty) {
        OAuthLog.LOG.authorizationRefused(ledger.provider(), faulty.fault());
        Refusal refusal = dialect.refusal(faulty.fault(), faulty.parameters());
        if (refusal instanceof Refusal.Page page) {
            page(context, page.status(), page.title(), page.text());
        } else if (refusal instanceof Refusal.Back back) {
            // Throws instead of sending something to an unchecked address.
            sendBack(context.response(), faulty.returnAddress().orElseThrow(), back.parameters(), "");
        } else if (refusal instanceof Refusal.BackToRegistered back) {
            sendBack(context.response(), registered(faulty), back.parameters(), "");
        }
    }

    private static ReturnAddress registered(Judgement.Faulty faulty) {
        String callback = faulty.app().orElseThrow().callbacks().iterator().next();
        return new ReturnAddress(
                callback, Optional.ofNullable(faulty.parameters().get("state")));
    }

    private static void sendBack(
            HttpServerResponse response, ReturnAddress to, Map<String, String> parameters, String fragment) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        to.state().ifPresent(state -> all.put("state", state));
        Replies.redirect(response, Parameters.append(to.redirectUri(), all) + fragment);
    }

    private void page(RoutingContext context, AuthorizationRequest request) {
        List<Choice> choices = ledger.people().all().stream()
                .filter(person -> dialect.offers(person, request.parameters()))
                .map(this::choice)
                .toList();
        send(
                context,
                200,
                choose.data("provider", ledger.provider())
                        .data("app", request.app().name())
                        .data("base", base(context))
                        .data("action", context.request().path())
                        .data("people", choices)
                        .data("request", request.parameters().entrySet())
                        .render());
    }

    private Choice choice(Person person) {
        return new Choice(person.login(), person.displayName(), dialect.remark(person), pictures.path(person));
    }

    private void page(RoutingContext context, int status, String title, String text) {
        send(
                context,
                status,
                refused.data("provider", ledger.provider())
                        .data("base", base(context))
                        .data("title", title)
                        .data("text", text)
                        .render());
    }

    private static void send(RoutingContext context, int status, String html) {
        Replies.send(context.response(), status, "text/html; charset=utf-8", POLICY, html);
    }

    /** The path of the provider: empty at its own host name, such as {@code /google} at the shared one. */
    private static String base(RoutingContext context) {
        String mountPoint = context.mountPoint() == null ? "" : context.mountPoint();
        return mountPoint.endsWith("/") ? mountPoint.substring(0, mountPoint.length() - 1) : mountPoint;
    }
}
