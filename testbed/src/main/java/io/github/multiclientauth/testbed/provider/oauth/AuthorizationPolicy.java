package io.github.multiclientauth.testbed.provider.oauth;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A provider's requirements for an authorization request.
 *
 * @param scopeRequired whether a request without any scope is an error
 * @param knownScope the known scopes; others are an error
 * @param challengeMethods the PKCE methods it knows; empty if it ignores PKCE
 */
public record AuthorizationPolicy(
        RedirectRule redirectRule,
        ResponseType responseType,
        boolean scopeRequired,
        Predicate<String> knownScope,
        Set<Challenge.Method> challengeMethods) {

    /** Both methods of RFC 7636. */
    public static final Set<Challenge.Method> PKCE = Set.copyOf(EnumSet.allOf(Challenge.Method.class));

    /** The one method that hides the verifier. */
    public static final Set<Challenge.Method> PKCE_S256 = Set.of(Challenge.Method.S256);

    /** PKCE is not supported; its parameters are ignored. */
    public static final Set<Challenge.Method> NO_PKCE = Set.of();

    /** Checks a request. Errors that must not be sent to the redirect URI come first, because it is not trusted before. */
    Judgement judge(RequestParameters sent, RegisteredApps apps) {
        Map<String, String> parameters = sent.all();
        Optional<RegisteredApp> app = apps.find(parameters.get("client_id"));
        if (app.isEmpty()) {
            return new Judgement.Faulty(AuthorizationFault.UNKNOWN_APP, app, Optional.empty(), parameters);
        }
        Optional<ReturnAddress> returnAddress = redirectRule
                .resolve(app.get(), parameters.get("redirect_uri"))
                .map(address -> new ReturnAddress(address, Optional.ofNullable(parameters.get("state"))));
        if (returnAddress.isEmpty()) {
            return new Judgement.Faulty(AuthorizationFault.FOREIGN_REDIRECT, app, returnAddress, parameters);
        }
        return judge(sent, app.get(), returnAddress.get());
    }

    private Judgement judge(RequestParameters sent, RegisteredApp app, ReturnAddress returnAddress) {
        Map<String, String> parameters = sent.all();
        Function<AuthorizationFault, Judgement> faulty =
                fault -> new Judgement.Faulty(fault, Optional.of(app), Optional.of(returnAddress), parameters);
        if (sent.hasDuplicates()) {
            return faulty.apply(AuthorizationFault.DUPLICATE_PARAMETER);
        }
        if (!responseType.permits(parameters.get("response_type"))) {
            return faulty.apply(AuthorizationFault.RESPONSE_TYPE);
        }
        List<String> scopes = scopes(parameters.get("scope"));
        if (scopeRequired && scopes.isEmpty()) {
            return faulty.apply(AuthorizationFault.MISSING_SCOPE);
        }
        if (!scopes.stream().allMatch(knownScope)) {
            return faulty.apply(AuthorizationFault.UNKNOWN_SCOPE);
        }
        Optional<String> challenge =
                challengeMethods.isEmpty() ? Optional.empty() : Optional.ofNullable(parameters.get("code_challenge"));
        Optional<Challenge.Method> method = method(parameters.get("code_challenge_method"));
        if (challenge.isPresent() && method.isEmpty()) {
            return faulty.apply(AuthorizationFault.CHALLENGE_METHOD);
        }
        return new Judgement.Acceptable(new AuthorizationRequest(
                app,
                returnAddress,
                scopes,
                Optional.ofNullable(parameters.get("nonce")),
                challenge.map(value -> new Challenge(method.orElseThrow(), value)),
                parameters));
    }

    /** The method of the challenge. Without one it is plain (RFC 7636, section 4.3). */
    private Optional<Challenge.Method> method(String parameter) {
        String wanted = parameter == null ? Challenge.Method.PLAIN.parameter() : parameter;
        return challengeMethods.stream()
                .filter(method -> method.parameter().equals(wanted))
                .findFirst();
    }

    /** Splits scopes at spaces (RFC 6749) or commas, which Facebook and GitHub accept too. */
    private static List<String> scopes(String parameter) {
        return parameter == null
                ? List.of()
                : Arrays.stream(parameter.split("[ ,]+"))
                        .filter(scope -> !scope.isEmpty())
                        .distinct()
                        .toList();
    }
}
