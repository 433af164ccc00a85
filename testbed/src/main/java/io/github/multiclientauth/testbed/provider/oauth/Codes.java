package io.github.multiclientauth.testbed.provider.oauth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** The authorization codes of one provider. */
final class Codes {

    private final Map<String, Issued> issued = new ConcurrentHashMap<>();
    private final CodeStyle style;
    private final HandedOut handedOut;
    private final Clock clock;

    Codes(CodeStyle style, HandedOut handedOut, Clock clock) {
        this.style = style;
        this.handedOut = handedOut;
        this.clock = clock;
    }

    private record Issued(Grant grant, Instant expires, AtomicBoolean used) {}

    Duration lifetime() {
        return style.lifetime();
    }

    String issue(Grant grant) {
        String code = handedOut.draw(style);
        issued.put(code, new Issued(grant, clock.instant().plus(style.lifetime()), new AtomicBoolean()));
        return code;
    }

    /** The outcomes of redeeming a code. */
    sealed interface Redemption {
        record Redeemed(Grant grant) implements Redemption {}

        record Refused(TokenFault fault) implements Redemption {}
    }

    /**
     * Redeems a code once. A failed attempt of the right app uses the code up as well. An attempt of another app does not, because
     * otherwise it could break sign-ins of other apps.
     */
    Redemption redeem(RegisteredApp app, RequestParameters parameters, boolean redirectRequired) {
        String code = parameters.get("code");
        if (code == null) {
            return new Redemption.Refused(TokenFault.MISSING_CODE);
        }
        Issued found = issued.get(code);
        if (found == null || !found.grant().clientId().equals(app.clientId())) {
            return new Redemption.Refused(TokenFault.UNKNOWN_CODE);
        }
        if (!found.used().compareAndSet(false, true)) {
            return new Redemption.Refused(TokenFault.USED_CODE);
        }
        if (!clock.instant().isBefore(found.expires())) {
            return new Redemption.Refused(TokenFault.EXPIRED_CODE);
        }
        String redirectUri = parameters.get("redirect_uri");
        if (redirectUri == null
                ? redirectRequired
                : !redirectUri.equals(found.grant().redirectUri())) {
            return new Redemption.Refused(TokenFault.OTHER_REDIRECT);
        }
        String verifier = parameters.get("code_verifier");
        if (found.grant().challenge().isPresent() && verifier == null) {
            return new Redemption.Refused(TokenFault.MISSING_VERIFIER);
        }
        // A verifier without a challenge is refused, because an attacker may have removed the challenge (RFC 9700,
        // section 2.1.1).
        if (verifier != null
                && !found.grant()
                        .challenge()
                        .map(challenge -> challenge.isProvenBy(verifier))
                        .orElse(false)) {
            return new Redemption.Refused(TokenFault.WRONG_VERIFIER);
        }
        return new Redemption.Redeemed(found.grant());
    }
}
