package io.github.multiclientauth.facade.endpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.event.RequestEvent;
import io.github.multiclientauth.facade.event.SessionEvent;
import io.github.multiclientauth.facade.event.SignOutEvent;
import io.github.multiclientauth.facade.oidc.SiblingSessions.Ending;
import io.github.multiclientauth.facade.oidc.SiblingSessions.Listing;
import io.github.multiclientauth.facade.oidc.SiblingSessions.Sibling;
import io.github.multiclientauth.facade.session.Found;
import io.github.multiclientauth.facade.session.OwnSessions;
import io.github.multiclientauth.facade.session.Session;
import io.github.multiclientauth.facade.session.SessionReads;
import io.github.multiclientauth.facade.signout.SignOut;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Page;
import io.github.multiclientauth.facade.wire.Page.Cause;
import io.github.multiclientauth.facade.wire.Page.Notice;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.SetCookie;
import io.github.multiclientauth.facade.wire.Timestamps;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * {@code /api/auth/sessions}: the sessions of the person who is signed in, as a page or as JSON. A POST ends one of them, or
 * all others. Scripts get {@code null} if nobody is signed in, as from {@code /session}; people are asked to sign in.
 */
final class OwnSessionsEndpoint implements Endpoint {

    private static final Rules RULES = new Rules(
            "sessions",
            Rules.Path.NAME,
            Rules.Methods.GET_AND_PROTECTED_POST,
            Rules.Content.PAGE,
            Rules.Cookies.STANDING,
            Rules.NamesApplication.BY_ORIGIN);

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String NOBODY = "null";

    private static final Reply FORGED = new Reply.Json(400, "{\"message\":\"The CSRF token is missing or wrong.\"}");

    /** The parameter of the page that has a message, and its values. */
    private static final String NOTICE = "notice";

    private static final Map<String, Notice> NOTICES = Map.of(
            "ended", Notice.SESSION_ENDED,
            "all", Notice.SESSIONS_ENDED,
            "gone", Notice.SESSION_GONE,
            "left", Notice.SESSIONS_LEFT,
            "csrf", Notice.MISSING_CSRF);

    private final SessionReads sessions;
    private final OwnSessions own;
    private final SignOut signOut;
    private final Clock clock;
    private final Events events;

    /** @param clock that of Keycloak */
    OwnSessionsEndpoint(SessionReads sessions, OwnSessions own, SignOut signOut, Clock clock, Events events) {
        this.sessions = sessions;
        this.own = own;
        this.signOut = signOut;
        this.clock = clock;
        this.events = events;
    }

    @Override
    public Rules rules() {
        return RULES;
    }

    @Override
    public CompletionStage<Reply> answer(AuthRequest request, StandingCookies standing) {
        return sessions.find(request)
                .thenCompose(found -> found.match(
                        signedIn ->
                                request.isPost() ? end(request, standing, signedIn) : list(request, standing, signedIn),
                        nobody -> nobody(request, nobody.cookies()).now(),
                        // Reported by the one who looked for the session.
                        unavailable -> unavailable(request).now()));
    }

    private CompletionStage<Reply> list(AuthRequest request, StandingCookies standing, Found.SignedIn signedIn) {
        Session session = signedIn.session();
        return own.list(request, session)
                .thenApply(listing -> listing.match(
                        listed -> isForPerson(request)
                                ? new Reply.Html(200, page(request, standing, session, listed), signedIn.cookies())
                                : new Reply.Json(
                                        200, json(request, session, listed).toString(), signedIn.cookies()),
                        over -> nobody(request, List.of()),
                        unlisted -> unavailable(request, unlisted.reason())));
    }

    private CompletionStage<Reply> end(AuthRequest request, StandingCookies standing, Found.SignedIn signedIn) {
        Optional<String> id = request.body().nonEmpty("session");
        boolean others = request.body().get("others").filter("true"::equals).isPresent();
        if (id.isPresent() == others) {
            events.report(new RequestEvent.Refused(
                    request, RequestEvent.Refusal.MALFORMED, "it names neither a session nor all others, or both"));
            return malformed(request).now();
        }
        Session session = signedIn.session();
        if (others) {
            return own.endOthers(request, session)
                    .thenApply(ending -> answer(request, standing, signedIn, ending, "all"));
        }
        if (id.get().equals(OwnSessions.id(session, session.identity().sid()))) {
            return isForPerson(request)
                    ? signOut.endAndGoTo(request, standing.callbackUrl())
                    : signOut.end(request, cleared -> new Reply.Json(200, ended(1, 0), cleared));
        }
        return own.end(request, session, id.get())
                .thenApply(ending -> answer(request, standing, signedIn, ending, "ended"));
    }

    /** @param done the message for people if everything has ended */
    private Reply answer(
            AuthRequest request, StandingCookies standing, Found.SignedIn signedIn, Ending ending, String done) {
        return ending.match(
                ended -> {
                    if (!ended.sids().isEmpty()) {
                        events.report(new SignOutEvent.OthersEnded(
                                request, signedIn.session().identity().actor(), ended.sids()));
                    }
                    return isForPerson(request)
                            ? backToPage(request, standing, ended.left() == 0 ? done : "left", signedIn.cookies())
                            : new Reply.Json(200, ended(ended.sids().size(), ended.left()), signedIn.cookies());
                },
                gone -> isForPerson(request)
                        ? backToPage(request, standing, "gone", signedIn.cookies())
                        : new Reply.Json(200, ended(0, 0), signedIn.cookies()),
                failed -> {
                    Reply answer = unavailable(request, failed.reason());
                    return isForPerson(request)
                            // Not a page that would be sent again with the form when it is reloaded.
                            ? backToPage(request, standing, "left", signedIn.cookies())
                            : answer;
                });
    }

    /** Scripts do not ask for HTML. */
    private static boolean isForPerson(AuthRequest request) {
        return request.client().acceptsHtml() && !request.wantsRedirectAsJson();
    }

    private static Reply nobody(AuthRequest request, List<SetCookie> cookies) {
        if (!isForPerson(request)) {
            return new Reply.Json(200, NOBODY, cookies);
        }
        String here = URLEncoder.encode(request.pageUrl("/sessions"), StandardCharsets.UTF_8);
        return new Reply.Redirect(request.pageUrl("/signin?error=SessionRequired&callbackUrl=" + here), cookies);
    }

    private Reply unavailable(AuthRequest request, String reason) {
        events.report(new SessionEvent.OwnSessionsUnavailable(request, reason));
        return unavailable(request);
    }

    private static Reply unavailable(AuthRequest request) {
        return problem(request, Cause.SESSIONS_UNAVAILABLE);
    }

    private static Reply malformed(AuthRequest request) {
        return problem(request, Cause.MALFORMED);
    }

    private static Reply problem(AuthRequest request, Cause cause) {
        Reply.Html page = Problems.page(request, cause, request.origin() + "/");
        return isForPerson(request) ? page : new Reply.Message(cause.status(), (Page.Problem) page.page());
    }

    private static String ended(int number, int left) {
        return JSON.createObjectNode().put("ended", number).put("left", left).toString();
    }

    /** The browser gets the page anew, so that the form is not sent again when somebody reloads it. */
    private static Reply backToPage(
            AuthRequest request, StandingCookies standing, String notice, List<SetCookie> cookies) {
        String back = callbackUrl(request, standing)
                .map(url -> "&callbackUrl=" + URLEncoder.encode(url, StandardCharsets.UTF_8))
                .orElse("");
        return new Reply.Redirect(request.pageUrl("/sessions?" + NOTICE + "=" + notice + back), cookies);
    }

    private static Optional<String> callbackUrl(AuthRequest request, StandingCookies standing) {
        return request.body()
                .nonEmpty("callbackUrl")
                .or(() -> request.query().nonEmpty("callbackUrl"))
                .map(given -> standing.callbackUrl().value());
    }

    private Page.Sessions page(AuthRequest request, StandingCookies standing, Session session, Listing.Listed listed) {
        Optional<String> callbackUrl = callbackUrl(request, standing);
        return new Page.Sessions(
                request.application().name(),
                listed.sessions().stream()
                        .map(sibling -> shown(request, session, sibling))
                        .toList(),
                listed.more(),
                listed.sessions().stream().anyMatch(sibling -> sibling.impersonated() && isCurrent(session, sibling)),
                standing.csrf().value(),
                callbackUrl,
                callbackUrl.orElse(request.origin() + "/"),
                request.whichApplication(),
                request.query().get(NOTICE).map(NOTICES::get),
                clock.instant());
    }

    private static Page.Session shown(AuthRequest request, Session session, Sibling sibling) {
        return new Page.Session(
                OwnSessions.id(session, sibling.sid()),
                isCurrent(session, sibling),
                sibling.browser(),
                sibling.system(),
                sibling.address(),
                provider(request, sibling.provider()),
                sibling.started(),
                sibling.lastUsed(),
                sibling.offline(),
                sibling.impersonated(),
                sibling.places().stream()
                        .map(place -> new Page.Place(place.name(), place.origin()))
                        .toList());
    }

    private static boolean isCurrent(Session session, Sibling sibling) {
        return sibling.sid().equals(session.identity().sid());
    }

    /** The provider with the name that it has at this application. It need not be offered there now. */
    private static Optional<Provider> provider(AuthRequest request, String alias) {
        return request.application().providers().stream()
                .filter(provider -> provider.alias().equals(alias))
                .findFirst()
                .or(() -> Optional.of(alias).filter(Provider::isAlias).map(Provider::new));
    }

    private static ObjectNode json(AuthRequest request, Session session, Listing.Listed listed) {
        ObjectNode body = JSON.createObjectNode().put("more", listed.more());
        ArrayNode list = body.putArray("sessions");
        listed.sessions().forEach(sibling -> write(list.addObject(), shown(request, session, sibling)));
        return body;
    }

    private static void write(ObjectNode entry, Page.Session session) {
        entry.put("id", session.id()).put("current", session.current());
        session.browser().ifPresent(browser -> entry.put("browser", browser));
        session.system().ifPresent(system -> entry.put("system", system));
        session.address().ifPresent(address -> entry.put("address", address));
        session.provider().ifPresent(provider -> entry.put("provider", provider.alias()));
        entry.put("started", Timestamps.iso8601(session.started()))
                .put("lastUsed", Timestamps.iso8601(session.lastUsed()))
                .put("offline", session.offline())
                .put("impersonated", session.impersonated());
        ArrayNode applications = entry.putArray("applications");
        session.applications().forEach(place -> {
            ObjectNode application = applications.addObject().put("name", place.name());
            place.origin().ifPresent(origin -> application.put("origin", origin.toString()));
        });
    }

    @Override
    public Reply answerForged(AuthRequest request) {
        return isForPerson(request)
                ? new Reply.Redirect(request.pageUrl("/sessions?" + NOTICE + "=csrf"), List.of())
                : FORGED;
    }
}
