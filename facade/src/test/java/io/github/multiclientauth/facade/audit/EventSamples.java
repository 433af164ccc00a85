package io.github.multiclientauth.facade.audit;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.Recognition;
import io.github.multiclientauth.facade.event.Actor;
import io.github.multiclientauth.facade.event.ApplicationChange;
import io.github.multiclientauth.facade.event.ChangesEvent;
import io.github.multiclientauth.facade.event.DirectoryEvent;
import io.github.multiclientauth.facade.event.Event;
import io.github.multiclientauth.facade.event.ReadOutcome;
import io.github.multiclientauth.facade.event.RequestEvent;
import io.github.multiclientauth.facade.event.SessionEvent;
import io.github.multiclientauth.facade.event.SignInEvent;
import io.github.multiclientauth.facade.event.SignOutEvent;
import io.github.multiclientauth.facade.event.SignOutOutcome;
import io.github.multiclientauth.facade.event.TokenEvent;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Page.Cause;
import io.github.multiclientauth.facade.wire.Reference;
import io.github.multiclientauth.origin.Origin;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Events of every kind, in each variant that makes a difference to the stream.
 *
 * @param text of strangers, wherever one can be
 */
record EventSamples(String text) {

    static final String SID = "0aa4e7e1-6a1f-4d58-9c3b-9ad5a1b6c0de";
    static final String USER = "6f1c1d0e-1111-4222-8333-944445555566";

    private Actor actor() {
        return new Actor(USER, SID, "github", Optional.of("ada" + text), Optional.of("ada@example.com" + text));
    }

    private AuthRequest request(String path) {
        return Requests.get(Applications.PORTFOLIO, path).build();
    }

    /** Strangers write paths. */
    private AuthRequest madeUp(String path) {
        return Requests.get(Applications.PORTFOLIO, path + "/made-up").build();
    }

    private Reference reference() {
        return new Reference("0000ABCD");
    }

    List<Event> all() {
        return Stream.of(requests(), signIns(), sessions(), tokens(), signOuts(), directory())
                .flatMap(each -> each)
                .toList();
    }

    private Stream<Event> requests() {
        return Stream.concat(
                Stream.of(
                        new RequestEvent.Unrecognised(
                                reference(), Recognition.Reason.UNKNOWN_ORIGIN, text, text, text, false),
                        new RequestEvent.Malformed(reference(), text),
                        new RequestEvent.TooSlow(),
                        new RequestEvent.NoRoom(),
                        new RequestEvent.ConnectionRefused(text),
                        new RequestEvent.ProxyRefused(reference(), true, "192.0.2.1", text),
                        new RequestEvent.ProxyRefused(reference(), false, "unknown", text),
                        new RequestEvent.Failed(reference(), new IllegalStateException(text))),
                Stream.of(
                                "/signin/github",
                                "/callback/github",
                                "/signout",
                                "/sessions",
                                "/token",
                                "/session",
                                "/verify")
                        .flatMap(path -> Stream.of(RequestEvent.Refusal.values())
                                .map(refusal -> new RequestEvent.Refused(request(path), refusal, text))));
    }

    private Stream<Event> signIns() {
        AuthRequest callback = request("/callback/github");
        return Stream.concat(
                Stream.of(
                        new SignInEvent.Started(request("/signin/github")),
                        new SignInEvent.Limited(request("/signin/github"), text),
                        new SignInEvent.UnknownProvider(madeUp("/signin")),
                        new SignInEvent.DemandRefused(request("/signin/github"), text),
                        new SignInEvent.KeycloakUnavailable(request("/signin/github"), text),
                        new SignInEvent.ProviderError(callback, text, Optional.empty(), true, false),
                        new SignInEvent.ProviderError(callback, text, Optional.empty(), false, false),
                        new SignInEvent.ProviderError(
                                callback, text, Optional.of(Cause.PROVIDER_NOT_ALLOWED), false, false),
                        new SignInEvent.ProviderError(callback, text, Optional.empty(), true, true),
                        new SignInEvent.NobodySignedIn(callback),
                        new SignInEvent.StepUpRequired(callback, actor(), text),
                        new SignInEvent.HandedOff(
                                callback,
                                Origin.parse("https://pr-1.example.com").orElseThrow()),
                        new SignInEvent.HandOffRefused(callback, text),
                        new SignInEvent.ClaimsLeftOut(callback, List.of(text)),
                        new SignInEvent.ActionEnded(
                                callback, Optional.of(actor()), "idp_link:google", "success", Optional.empty()),
                        new SignInEvent.ActionEnded(
                                callback, Optional.empty(), "idp_link:google", "cancelled", Optional.empty()),
                        new SignInEvent.ActionEnded(
                                callback,
                                Optional.empty(),
                                "idp_link:google",
                                "error",
                                Optional.of(Cause.OTHER_PERSON)),
                        new SignInEvent.ActionEnded(
                                callback, Optional.of(actor()), "CONFIGURE_TOTP", "error", Optional.empty()),
                        new SignInEvent.SignedIn(callback, actor())),
                Stream.of(Cause.values())
                        .map(cause ->
                                new SignInEvent.CallbackRefused(callback, cause.ordinal() % 2 == 0, cause, text)));
    }

    private Stream<Event> sessions() {
        AuthRequest request = request("/session");
        return Stream.of(
                new SessionEvent.Read(request, ReadOutcome.COOKIE),
                new SessionEvent.Confirmed(request, "github", ReadOutcome.CONFIRMED),
                new SessionEvent.Ended(request, actor(), text),
                new SessionEvent.Unconfirmed(request, text),
                new SessionEvent.Mismatch(
                        request, new Actor(USER, SID + 1, "github", Optional.empty(), Optional.empty())),
                new SessionEvent.GroupsLeftOut(request, 1),
                new SessionEvent.OwnSessionsUnavailable(request("/sessions"), text),
                new ChangesEvent.Unreachable(text),
                new ChangesEvent.ReachedAgain(),
                new ChangesEvent.Missed(),
                new ChangesEvent.SessionEnded(SID + 2));
    }

    private Stream<Event> tokens() {
        AuthRequest request = request("/token");
        return Stream.of(
                new TokenEvent.Issued(request, actor()),
                new TokenEvent.Cached(new ClientId("portfolio")),
                new TokenEvent.Refused(request, actor(), false, text),
                new TokenEvent.Refused(request, actor(), true, text),
                new TokenEvent.Unavailable(request, actor(), text));
    }

    private Stream<Event> signOuts() {
        AuthRequest request = request("/signout");
        ClientId client = new ClientId("portfolio");
        return Stream.of(
                new SignOutEvent.SignedOut(request, Optional.of(actor()), SignOutOutcome.SIGNED_OUT),
                new SignOutEvent.SignedOut(request, Optional.of(actor()), SignOutOutcome.KEYCLOAK_SESSION_REMAINS),
                new SignOutEvent.SignedOut(request, Optional.empty(), SignOutOutcome.NOBODY),
                new SignOutEvent.KeycloakSessionRemains(request, text),
                new SignOutEvent.KeycloakSessionEndedLater(reference(), client, SID),
                new SignOutEvent.KeycloakSessionGivenUp(reference(), client, SID, text),
                new SignOutEvent.OthersEnded(request("/sessions"), actor(), List.of(SID + 3, SID + 4)),
                new SignOutEvent.EndedByKeycloak(client, Optional.of(SID), Optional.empty()),
                new SignOutEvent.EndedByKeycloak(client, Optional.empty(), Optional.of(USER)),
                new SignOutEvent.LogoutTokenRefused(text),
                new SignOutEvent.LogoutTokenNotChecked(text));
    }

    private Stream<Event> directory() {
        ClientId client = new ClientId("portfolio");
        return Stream.concat(
                Stream.of(
                        new DirectoryEvent.Changed(1),
                        new DirectoryEvent.Finding(text),
                        new DirectoryEvent.Contested(text),
                        new DirectoryEvent.MoreFindings(1),
                        new DirectoryEvent.Emptied(1),
                        new DirectoryEvent.Unreachable(text),
                        new DirectoryEvent.ReachedAgain(),
                        new DirectoryEvent.GivenUp()),
                Stream.of(
                        new DirectoryEvent.ApplicationChanged(new ApplicationChange(
                                client,
                                ApplicationChange.Kind.ADDED,
                                List.of("https://a.example"),
                                List.of(),
                                List.of("github"),
                                List.of(),
                                Set.of())),
                        new DirectoryEvent.ApplicationChanged(new ApplicationChange(
                                client,
                                ApplicationChange.Kind.CHANGED,
                                List.of("https://b.example"),
                                List.of("https://a.example"),
                                List.of("google"),
                                List.of("github"),
                                EnumSet.allOf(ApplicationChange.Setting.class))),
                        new DirectoryEvent.ApplicationChanged(new ApplicationChange(
                                client,
                                ApplicationChange.Kind.REMOVED,
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                Set.of()))));
    }
}
