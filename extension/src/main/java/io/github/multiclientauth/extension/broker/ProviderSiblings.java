package io.github.multiclientauth.extension.broker;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The identity providers that belong to one application: {@code github-portfolio} is the sibling of {@code github} for
 * client {@code portfolio}, if both are of the same type.
 *
 * <p>Disabled, it lends its credentials to sign-ins through {@code github}; enabled, it serves them itself. The alias is
 * always made from both parts and then looked up, never taken apart by guessing: both may contain hyphens.
 */
public final class ProviderSiblings {

    /**
     * What of an identity provider matters here.
     *
     * @param type what Keycloak calls the provider id: {@code github}, {@code oidc}
     */
    public record Summary(String alias, String type, boolean enabled) {

        public Summary {
            Objects.requireNonNull(alias, "alias");
            Objects.requireNonNull(type, "type");
        }
    }

    private static final char SEPARATOR = '-';

    private final Function<String, Optional<Summary>> byAlias;

    /** @param byAlias finds an identity provider of the realm, disabled ones too */
    public ProviderSiblings(Function<String, Optional<Summary>> byAlias) {
        this.byAlias = byAlias;
    }

    /**
     * Which provider a sign-in of this client really goes to when it asks for this one.
     *
     * @return the alias of the enabled sibling, if there is one, whether or not the shared provider is enabled; otherwise
     *     the alias as it is
     */
    public String serving(String alias, String clientId) {
        return sibling(alias, clientId)
                .filter(Summary::enabled)
                .map(Summary::alias)
                .orElse(alias);
    }

    /** The disabled sibling, whose credentials are meant for this client's sign-ins through this provider. */
    public Optional<Summary> lender(String alias, String clientId) {
        return sibling(alias, clientId).filter(sibling -> !sibling.enabled());
    }

    /**
     * What tokens call the provider: the reverse of {@link #serving}.
     *
     * @return the shared provider's alias, if this one is its sibling for exactly this client, enabled or not (a session may
     *     outlive that); otherwise the alias as it is
     */
    public String base(String alias, String clientId) {
        String suffix = suffix(clientId);
        if (!alias.endsWith(suffix)) {
            return alias;
        }
        String base = alias.substring(0, alias.length() - suffix.length());
        return sibling(base, clientId).isPresent() ? base : alias;
    }

    /**
     * Whether this provider is the sibling of another for some client, and not for this one.
     *
     * @param isApplication whether there is a client with this id that can have siblings at all
     */
    public boolean belongsToAnother(String alias, String clientId, Predicate<String> isApplication) {
        return base(alias, clientId).equals(alias) && isSibling(alias, isApplication);
    }

    /**
     * Whether this provider is the sibling of another for some client, enabled or not.
     *
     * @param isApplication whether there is a client with this id that can have siblings at all
     */
    public boolean isSibling(String alias, Predicate<String> isApplication) {
        return IntStream.range(0, alias.length())
                .filter(i -> alias.charAt(i) == SEPARATOR)
                // Each reading that the hyphens allow is put together again and looked up.
                .anyMatch(i -> isApplication.test(alias.substring(i + 1))
                        && sibling(alias.substring(0, i), alias.substring(i + 1))
                                .isPresent());
    }

    /** The provider that belongs to this client, enabled or not. */
    Optional<Summary> sibling(String alias, String clientId) {
        if (alias.isEmpty() || clientId.isEmpty()) {
            return Optional.empty();
        }
        return byAlias.apply(alias)
                .flatMap(shared -> byAlias.apply(alias + suffix(clientId))
                        .filter(sibling -> sibling.type().equals(shared.type())));
    }

    private static String suffix(String clientId) {
        return SEPARATOR + clientId;
    }
}
