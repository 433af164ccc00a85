package io.github.multiclientauth.facade.endpoint;

import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.oidc.Membership;
import io.github.multiclientauth.facade.wire.HeaderText;
import io.github.multiclientauth.facade.wire.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a reverse proxy demands of a request and of whoever is signed in, and how it wants the answer: the query of
 * {@code /api/auth/verify}.
 *
 * <p>Of values that are separated by commas one has to be met, and each parameter has to be met, also one that is there
 * several times. An unknown parameter or an empty rule makes all of them unusable: a misspelt rule would let everybody in.
 *
 * @param token whether the answer has the access token apart, too
 * @param returnTo where the browser is sent after signing in; empty text for the page that it asked for. Absent if a
 *     redirect is not wanted
 */
public record AccessRules(List<Rule> rules, boolean token, Optional<String> returnTo) {

    /** Lets everybody in who is signed in. */
    public static final AccessRules NONE = new AccessRules(List.of(), false, Optional.empty());

    private static final int MOST_PARAMETERS = 64;

    /** What a rule is about. */
    public enum Kind {
        /** The application. */
        CLIENT,
        /** The provider that the user signed in with. */
        PROVIDER,
        /** A role of the realm, or of the application's client. */
        ROLE,
        /** The path of a group. */
        GROUP,
        /** The level of the authentication. */
        ACR;

        /** The name of its parameter. */
        public String parameter() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Optional<Kind> named(String parameter) {
            return Stream.of(values())
                    .filter(kind -> kind.parameter().equals(parameter))
                    .findFirst();
        }
    }

    /**
     * One rule.
     *
     * @param anyOf one of these is enough; roles and groups as in {@code X-Auth-Request-Groups}
     */
    public record Rule(Kind kind, List<String> anyOf) {

        public Rule {
            anyOf = List.copyOf(anyOf);
        }

        /** Whether it allows the application. A preview is never allowed: it may run what nobody has reviewed. */
        private boolean allows(Recognized at) {
            return kind != Kind.CLIENT
                    || !at.isPreview()
                            && anyOf.contains(at.application().clientId().value());
        }

        private boolean isMet(Identity identity, Recognized at) {
            Membership membership = identity.membership();
            return switch (kind) {
                case CLIENT -> allows(at);
                case PROVIDER -> anyOf.contains(identity.signedInWith());
                case ROLE -> anyOf.stream().anyMatch(role -> membership.groups().contains(Membership.ROLE + role));
                case GROUP ->
                    anyOf.stream()
                            .anyMatch(path ->
                                    path.startsWith("/") && membership.groups().contains(path));
                case ACR ->
                    identity.authentication()
                            .acr()
                            .filter(reached -> anyOf.stream()
                                    .anyMatch(level -> at.application().stepUp().reaches(reached, level)))
                            .isPresent();
            };
        }
    }

    public AccessRules {
        rules = List.copyOf(rules);
    }

    /** The rules cannot be used. The message says why, for the operator. */
    public static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableException(String message) {
            super(message);
        }
    }

    /** Reads the rules from a query. */
    public static AccessRules parse(String query) throws UnusableException {
        if (query.isEmpty()) {
            return NONE;
        }
        List<Rule> rules = new ArrayList<>();
        boolean token = false;
        Optional<String> returnTo = Optional.empty();
        String[] pairs = query.split("&");
        if (pairs.length > MOST_PARAMETERS) {
            throw new UnusableException("the query has more than " + MOST_PARAMETERS + " parameters");
        }
        for (String pair : pairs) {
            if (pair.isEmpty()) {
                continue;
            }
            // One at a time, since a rule may be there twice.
            Parameters one =
                    Parameters.ofForm(pair).orElseThrow(() -> new UnusableException("the query cannot be decoded"));
            String name = pair.split("=", 2)[0];
            String value = one.get(name).orElseThrow(() -> new UnusableException("the query has an odd parameter"));
            if (name.equals("token") && !token && value.isEmpty()) {
                token = true;
            } else if (name.equals("rd") && returnTo.isEmpty()) {
                returnTo = Optional.of(value);
            } else {
                Kind kind = Kind.named(name)
                        .orElseThrow(() ->
                                new UnusableException("the query has an unknown parameter, or one twice: " + name));
                rules.add(new Rule(kind, values(kind, value)));
            }
        }
        return new AccessRules(rules, token, returnTo);
    }

    private static List<String> values(Kind kind, String given) throws UnusableException {
        List<String> values = Stream.of(given.split(",", -1)).map(String::strip).toList();
        if (values.stream().anyMatch(String::isEmpty)) {
            throw new UnusableException("the rule \"" + kind.parameter() + "\" has an empty value");
        }
        return kind == Kind.ROLE || kind == Kind.GROUP
                ? values.stream().map(HeaderText::encodeRest).toList()
                : values;
    }

    /** The first rule that nobody can meet at this application. */
    Optional<Rule> broken(Recognized at) {
        return rules.stream().filter(rule -> !rule.allows(at)).findFirst();
    }

    /** The first rule that this user does not meet. */
    Optional<Rule> broken(Identity identity, Recognized at) {
        return rules.stream().filter(rule -> !rule.isMet(identity, at)).findFirst();
    }
}
