package io.github.multiclientauth.extension.provider;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The identity providers that belong to one application. {@code github-portfolio} is the sibling of {@code github} for
 * client {@code portfolio}, if both are of the same type and at the same issuer or server. The alias alone makes no
 * sibling.
 *
 * <p>A disabled sibling lends its credentials to sign-ins through {@code github}. An enabled one serves them itself.
 * The alias is always built from both parts and looked up. It is never split by guessing, since both parts may contain
 * hyphens.
 */
public final class ProviderSiblings {

    /**
     * What of an identity provider matters here.
     *
     * @param server its type, and where it signs people in
     */
    public record Summary(String alias, ProviderServer server, boolean enabled) {

        public Summary {
            Objects.requireNonNull(alias, "alias");
            Objects.requireNonNull(server, "server");
        }
    }

    private static final char SEPARATOR = '-';

    private final Function<String, Optional<Summary>> byAlias;

    /** @param byAlias finds an identity provider of the realm, disabled ones too */
    public ProviderSiblings(Function<String, Optional<Summary>> byAlias) {
        this.byAlias = byAlias;
    }

    /**
     * The provider that serves a sign-in of this client with this alias.
     *
     * @return the alias of the enabled sibling, if there is one, whether or not the shared provider is enabled;
     *     otherwise the alias as it is
     */
    public String serving(String alias, String clientId) {
        return sibling(alias, clientId)
                .filter(Summary::enabled)
                .map(Summary::alias)
                .orElse(alias);
    }

    /**
     * The disabled provider whose credentials are meant for this client's sign-ins through this provider. Whether they are for
     * the same server, {@link LendingPolicy} decides.
     */
    public Optional<Summary> lender(String alias, String clientId) {
        return creditor(alias, clientId).filter(sibling -> !sibling.enabled());
    }

    /** The provider whose credentials an earlier sign-in used. It may have been enabled since then. */
    public Optional<Summary> creditor(String alias, String clientId) {
        return byAlias.apply(alias)
                .flatMap(shared -> namesake(alias, clientId)
                        .filter(own ->
                                own.server().type().equals(shared.server().type())));
    }

    /**
     * The name of the provider in tokens and rules: the reverse of {@link #serving}.
     *
     * @return the shared provider's alias, if this one is its sibling for exactly this client, enabled or not (a
     *     session may outlive that); {@link OwnLogin#IMPOSTOR} if it has the name of Keycloak's own login page;
     *     otherwise the alias as it is
     */
    public String base(String alias, String clientId) {
        if (OwnLogin.isNameOf(alias)) {
            return OwnLogin.IMPOSTOR;
        }
        String suffix = suffix(clientId);
        if (!alias.endsWith(suffix)) {
            return alias;
        }
        String base = alias.substring(0, alias.length() - suffix.length());
        return sibling(base, clientId).isPresent() ? base : alias;
    }

    /**
     * Whether this provider belongs to another client.
     *
     * @param isApplication whether there is a client with this id that can have siblings at all
     */
    public boolean belongsToAnother(String alias, String clientId, Predicate<String> isApplication) {
        return base(alias, clientId).equals(alias) && isSibling(alias, isApplication);
    }

    /**
     * Whether this provider belongs to any client, enabled or not.
     *
     * @param isApplication whether there is a client with this id that can have siblings at all
     */
    public boolean isSibling(String alias, Predicate<String> isApplication) {
        return IntStream.range(0, alias.length())
                .filter(i -> alias.charAt(i) == SEPARATOR)
                // Tries each split that the hyphens allow, and looks it up.
                .anyMatch(i -> isApplication.test(alias.substring(i + 1))
                        && sibling(alias.substring(0, i), alias.substring(i + 1))
                                .isPresent());
    }

    /**
     * The shared provider after which this one is named for this client, if it is no sibling of it because its type or
     * server differs. It then counts like any other provider, which the administrator may not have meant.
     */
    public Optional<String> onlyNamedAfter(String alias, String clientId) {
        String suffix = suffix(clientId);
        return Optional.of(alias)
                .filter(own -> own.endsWith(suffix))
                .map(own -> own.substring(0, own.length() - suffix.length()))
                .filter(shared -> namesake(shared, clientId).isPresent())
                .filter(shared -> byAlias.apply(shared).isPresent())
                .filter(shared -> sibling(shared, clientId).isEmpty() && !canLend(shared, clientId));
    }

    private boolean canLend(String alias, String clientId) {
        return byAlias.apply(alias)
                .flatMap(shared ->
                        lender(alias, clientId).filter(own -> own.server().mayLendTo(shared.server())))
                .isPresent();
    }

    /** The provider that belongs to this client, enabled or not. */
    private Optional<Summary> sibling(String alias, String clientId) {
        return byAlias.apply(alias)
                .flatMap(shared ->
                        namesake(alias, clientId).filter(own -> own.server().isSameAs(shared.server())));
    }

    /**
     * The provider whose alias is built from both, of whatever type and server. No provider is named after Keycloak's
     * own login page.
     */
    private Optional<Summary> namesake(String alias, String clientId) {
        return alias.isEmpty() || clientId.isEmpty() || OwnLogin.isNameOf(alias)
                ? Optional.empty()
                : byAlias.apply(alias + suffix(clientId));
    }

    private static String suffix(String clientId) {
        return SEPARATOR + clientId;
    }
}
