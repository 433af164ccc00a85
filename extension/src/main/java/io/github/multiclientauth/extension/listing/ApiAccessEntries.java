package io.github.multiclientauth.extension.listing;

import io.github.multiclientauth.extension.provider.SettingValues;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who gets access tokens of a client's users from a facade, and for what, from all its mappers <em>API access</em> together, as
 * entered.
 *
 * @param present whether it has such a mapper
 * @param tokensFor more than one only if mappers contradict each other
 * @param audiences client ids; empty for those that Keycloak gives
 * @param scopes names of client scopes; empty for those of the session
 */
public record ApiAccessEntries(boolean present, Set<String> tokensFor, Set<String> audiences, Set<String> scopes) {

    /** The setting that says who gets tokens. */
    public static final String TOKENS_FOR = "tokens.for";

    /** The setting that narrows the audience of the tokens. */
    public static final String AUDIENCES = "token.audiences";

    /** The setting that narrows the scopes of the tokens. */
    public static final String SCOPES = "token.scopes";

    public static final String NOBODY = "nobody";
    public static final String SERVERS = "servers";
    public static final String SERVERS_AND_PROXIES = "servers-and-proxies";

    /** What can be entered for {@link #TOKENS_FOR}, the fewest first. */
    public static final List<String> CHOICES = List.of(NOBODY, SERVERS, SERVERS_AND_PROXIES);

    /** The entries of a client without such a mapper. */
    public static final ApiAccessEntries NONE = new ApiAccessEntries(false, Set.of(), Set.of(), Set.of());

    public ApiAccessEntries {
        tokensFor = Set.copyOf(tokensFor);
        audiences = Set.copyOf(audiences);
        scopes = Set.copyOf(scopes);
    }

    /** Takes settings as Keycloak stores them, {@code null} for an empty one. */
    public static ApiAccessEntries of(
            boolean present, Collection<String> tokensFor, Collection<String> audiences, Collection<String> scopes) {
        return new ApiAccessEntries(
                present, SettingValues.of(tokensFor), SettingValues.of(audiences), SettingValues.of(scopes));
    }

    /** Who gets tokens: one of {@link #SERVERS} and {@link #SERVERS_AND_PROXIES}. Of several mappers, the strictest counts. */
    public Optional<String> receivers() {
        if (!present || !unusable().isEmpty()) {
            return Optional.empty();
        }
        return CHOICES.stream()
                .filter(tokensFor.isEmpty() ? SERVERS::equals : tokensFor::contains)
                .findFirst()
                .filter(choice -> !choice.equals(NOBODY));
    }

    /** What is entered for {@link #TOKENS_FOR} and is no choice. Nobody gets tokens then. */
    public Set<String> unusable() {
        Set<String> unusable = new TreeSet<>(tokensFor);
        CHOICES.forEach(unusable::remove);
        return unusable;
    }
}
