package io.github.multiclientauth.testbed.provider.oauth;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a provider demands of an authorization request.
 *
 * @param responseTypeRequired whether its absence is a fault, or means {@code code}
 * @param scopeRequired whether a request without any scope is a fault
 * @param knownScope the scopes it knows; others are a fault
 * @param challengeMethods the PKCE methods it knows; empty if it ignores PKCE
 */
public record AuthorizationPolicy(
        boolean responseTypeRequired,
        boolean scopeRequired,
        Predicate<String> knownScope,
        Set<Challenge.Method> challengeMethods) {

    /** Both methods of RFC 7636. */
    public static final Set<Challenge.Method> PKCE = Set.copyOf(EnumSet.allOf(Challenge.Method.class));

    /** The parameters of PKCE mean nothing. */
    public static final Set<Challenge.Method> NO_PKCE = Set.of();

    /** The faults that must not be answered to the redirect URI come first: it is not trusted before. */
    Judgement judge(RequestParameters sent, RegisteredApps apps) {
        Map<String, String> parameters = sent.all();
        Optional<RegisteredApp> app = apps.find(parameters.get("client_id"));
        if (app.isEmpty()) {
            return faulty(AuthorizationFault.UNKNOWN_APP, parameters);
        }
        String redirectUri = parameters.get("redirect_uri");
        if (redirectUri == null || !app.get().permits(redirectUri)) {
            return faulty(AuthorizationFault.FOREIGN_REDIRECT, parameters);
        }
        if (sent.hasDuplicates()) {
            return faulty(AuthorizationFault.DUPLICATE_PARAMETER, parameters);
        }
        String responseType = parameters.get("response_type");
        if (responseType == null ? responseTypeRequired : !responseType.equals("code")) {
            return faulty(AuthorizationFault.RESPONSE_TYPE, parameters);
        }
        List<String> scopes = scopes(parameters.get("scope"));
        if (scopeRequired && scopes.isEmpty()) {
            return faulty(AuthorizationFault.MISSING_SCOPE, parameters);
        }
        if (!scopes.stream().allMatch(knownScope)) {
            return faulty(AuthorizationFault.UNKNOWN_SCOPE, parameters);
        }
        Optional<String> challenge =
                challengeMethods.isEmpty() ? Optional.empty() : Optional.ofNullable(parameters.get("code_challenge"));
        Optional<Challenge.Method> method = method(parameters.get("code_challenge_method"));
        if (challenge.isPresent() && method.isEmpty()) {
            return faulty(AuthorizationFault.CHALLENGE_METHOD, parameters);
        }
        return new Judgement.Acceptable(new AuthorizationRequest(
                app.get(),
                returnAddress(parameters),
                scopes,
                Optional.ofNullable(parameters.get("nonce")),
                challenge.map(value -> new Challenge(method.orElseThrow(), value)),
                parameters));
    }

    /** RFC 7636, section 4.3: no method means plain. */
    private Optional<Challenge.Method> method(String parameter) {
        String wanted = parameter == null ? Challenge.Method.PLAIN.parameter() : parameter;
        return challengeMethods.stream()
                .filter(method -> method.parameter().equals(wanted))
                .findFirst();
    }

    /** Spaces, as RFC 6749 says, or commas, which Facebook takes, too. */
    private static List<String> scopes(String parameter) {
        return parameter == null
                ? List.of()
                : Arrays.stream(parameter.split("[ ,]+"))
                        .filter(scope -> !scope.isEmpty())
                        .distinct()
                        .toList();
    }

    private static Judgement faulty(AuthorizationFault fault, Map<String, String> parameters) {
        return new Judgement.Faulty(
                fault,
                fault.knowsWhereToReturn() ? Optional.of(returnAddress(parameters)) : Optional.empty(),
                parameters);
    }

    private static ReturnAddress returnAddress(Map<String, String> parameters) {
        return new ReturnAddress(parameters.get("redirect_uri"), Optional.ofNullable(parameters.get("state")));
    }
}
