package io.github.multiclientauth.testbed.proof;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds access tokens, refresh tokens and ID tokens, of Keycloak and of providers, in what a browser receives.
 *
 * <p>It knows them by their form, so that it also finds those that no test has seen. It finds parts of them, too, and what is hidden in
 * further base64. The claims of a token, in plain JSON, are no token.
 */
public final class TokenCanary {

    /** The beginning of JSON in base64, and of that in base64 again. */
    private static final Pattern ENCODED = Pattern.compile("(?:eyJ|ZXlK)[A-Za-z0-9+/_-]{12,}");

    /** What Keycloak calls access tokens, ID tokens and refresh tokens. */
    private static final Pattern KEYCLOAKS = Pattern.compile("\"typ\":\"(Bearer|DPoP|ID|Refresh|Offline)\"");

    private static final Pattern ENCRYPTED = Pattern.compile("\"alg\":\"(?:RSA|ECDH)[^\"]*\"");

    /** Keycloak's own console is a page that calls an API with its tokens. We do not change that. */
    private static final Pattern CONSOLE = Pattern.compile("\"azp\":\"(?:security-admin-console|account-console)\"");

    /** The formats of access tokens of GitHub, Google and Facebook, and of refresh tokens of the stand-ins. */
    private static final Pattern PROVIDERS = Pattern.compile(
            "gho_[A-Za-z0-9]{36}|ya29\\.a0[A-Za-z0-9_-]{100}|EAA[A-Za-z0-9]{190}|\\b1//[A-Za-z0-9_-]{80}");

    /** Where Keycloak ends the session at a provider, it gives the provider back that provider's own ID token. */
    private static final Pattern HINT = Pattern.compile("id_token_hint=[A-Za-z0-9._-]+");

    private static final LongAdder ANSWERS = new LongAdder();
    private static final LongAdder CHARACTERS = new LongAdder();

    private static final int DEEPEST = 4;

    private TokenCanary() {}

    /** Returns the kind of a token in {@code received}, never the token. Empty if there is none. */
    public static Optional<String> in(String received) {
        ANSWERS.increment();
        CHARACTERS.add(received.length());
        String text = HINT.matcher(received).replaceAll(TokenCanary::withoutProvidersHint);
        return PROVIDERS.matcher(text).find() ? Optional.of("a provider's") : encoded(text, 0);
    }

    /** What all calls have looked at in this JVM. */
    public static String summary() {
        return ANSWERS.sum() + " answers with " + CHARACTERS.sum() + " characters";
    }

    private static String withoutProvidersHint(MatchResult hint) {
        return decoded(hint.group()).contains("/realms/") ? hint.group() : "";
    }

    private static Optional<String> encoded(String text, int depth) {
        return ENCODED.matcher(text)
                .results()
                .map(part -> kind(part.group(), depth))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> kind(String part, int depth) {
        String json = decode(part);
        if (CONSOLE.matcher(json).find()) {
            return Optional.empty();
        }
        Optional<String> keycloaks =
                KEYCLOAKS.matcher(json).results().map(type -> type.group(1)).findFirst();
        // An ID token without issuer is our hint for Keycloak's logout, which is good for nothing else.
        if (keycloaks.isPresent() && json.contains("\"iss\":")) {
            return keycloaks;
        }
        if (!json.contains("\"typ\":") && json.contains("\"iss\":") && json.contains("\"sub\":")) {
            return Optional.of("a provider's ID token");
        }
        if (json.contains("\"enc\":") && ENCRYPTED.matcher(json).find()) {
            return Optional.of("an encrypted one");
        }
        return depth < DEEPEST ? encoded(json, depth + 1) : Optional.empty();
    }

    /** All parts of a token, decoded. */
    private static String decoded(String token) {
        StringBuilder all = new StringBuilder();
        ENCODED.matcher(token)
                .results()
                .map(MatchResult::group)
                .map(TokenCanary::decode)
                .forEach(all::append);
        return all.toString();
    }

    private static String decode(String base64) {
        String url = base64.replace('+', '-').replace('/', '_');
        // Of a part that was cut off, one character says nothing.
        String whole = url.length() % 4 == 1 ? url.substring(0, url.length() - 1) : url;
        return new String(Base64.getUrlDecoder().decode(whole), StandardCharsets.ISO_8859_1);
    }
}
