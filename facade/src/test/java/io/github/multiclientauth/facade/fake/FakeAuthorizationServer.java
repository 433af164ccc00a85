package io.github.multiclientauth.facade.fake;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.oidc.AuthorizationServer;
import io.github.multiclientauth.facade.oidc.Identity;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Returns prepared answers and remembers the calls. */
public final class FakeAuthorizationServer implements AuthorizationServer {

    /** One call, with the client that it was made for. */
    public record Call<T>(String clientId, T asked) {}

    /** The code and the {@code iss} parameter. */
    public record Redeemed(AuthorizationCode code, Optional<String> issuer) {}

    private final List<Call<AuthorizationRequest>> authorizationRequests = new CopyOnWriteArrayList<>();
    private final List<Call<Redeemed>> redemptions = new CopyOnWriteArrayList<>();
    private volatile Supplier<Redemption> redemption = () -> new Redemption.Refused("not prepared");
    private volatile boolean away;
    private volatile Optional<String> issuerProblem = Optional.empty();
    private final Map<String, LogoutToken> logoutTokens = new ConcurrentHashMap<>();

    /** The claims of Ada. */
    public static Identity identity(Recognized at, String sid) {
        return new Identity(
                "7f3c9a52-0f1e-4b6e-9a55-2b8b2d1c4e10",
                sid,
                Optional.of("Ada Lovelace"),
                Optional.of("ada@example.com"),
                true,
                Optional.of("https://img.example/ada.png"),
                Optional.of("github"),
                Optional.of(at.registeredOrigin().toString()),
                at.application().clientId().value(),
                false);
    }

    public void onRedeem(Supplier<Redemption> answer) {
        redemption = answer;
    }

    /** Does not answer at all. */
    public void goAway() {
        away = true;
        redemption = () -> new Redemption.Refused(Why.UNAVAILABLE, "away");
    }

    /** Returns the prepared answers again. */
    public void comeBack() {
        away = false;
    }

    public List<Call<AuthorizationRequest>> authorizationRequests() {
        return authorizationRequests;
    }

    public AuthorizationRequest lastAuthorizationRequest() {
        return authorizationRequests.get(authorizationRequests.size() - 1).asked();
    }

    public List<Call<Redeemed>> redemptions() {
        return redemptions;
    }

    /** @param reason why every authorization response is refused from now on; null to accept them */
    public void refuseIssuer(String reason) {
        issuerProblem = Optional.ofNullable(reason);
    }

    @Override
    public Optional<Redemption.Refused> issuerProblem(Optional<String> issuer) {
        return issuerProblem.map(reason -> new Redemption.Refused(Why.FOREIGN_ANSWER, reason));
    }

    @Override
    public URI authorizationUrl(Application application, AuthorizationRequest request) {
        if (away) {
            throw new UnavailableException("away", new IOException("away"));
        }
        authorizationRequests.add(call(application, request));
        return URI.create("https://id.example.com/auth?state=" + request.state());
    }

    @Override
    public Redemption redeem(Application application, AuthorizationCode code, Optional<String> issuer) {
        redemptions.add(call(application, new Redeemed(code, issuer)));
        return redemption.get();
    }

    @Override
    public LogoutNotice logoutNotice(String token, Predicate<ClientId> known) {
        if (away) {
            return new LogoutNotice.Unverifiable("away");
        }
        LogoutToken genuine = logoutTokens.get(token);
        return genuine != null && known.test(genuine.clientId())
                ? new LogoutNotice.Genuine(genuine)
                : new LogoutNotice.Forged("forged");
    }

    /** Makes this text a genuine logout token. */
    public void issue(String text, LogoutToken token) {
        logoutTokens.put(text, token);
    }

    private static <T> Call<T> call(Application application, T asked) {
        return new Call<>(application.clientId().value(), asked);
    }
}
