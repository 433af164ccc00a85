package io.github.multiclientauth.facade.client;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What an application demands of the authentication at every sign-in, and how its client orders the levels.
 *
 * @param levels the number of each level: the client's <em>ACR to LoA Mapping</em>, or else the realm's
 * @param minimumAcr the lowest level that is accepted
 * @param maximumAge how many seconds ago the user may have authenticated
 * @param showAuthentication whether sessions show how the user authenticated, even if nothing was demanded
 */
public record StepUp(
        Map<String, Integer> levels, Optional<String> minimumAcr, OptionalInt maximumAge, boolean showAuthentication) {

    /** The application demands nothing. */
    public static final StepUp NONE = new StepUp(Map.of(), Optional.empty(), OptionalInt.empty(), false);

    /** Keycloak takes a level that its mapping does not name for its number. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private static final Pattern LEVEL = Pattern.compile("[^\\p{Cntrl}\\p{Z}]{1,100}");

    public StepUp {
        levels = Map.copyOf(levels);
    }

    /** Whether a text can name one level: {@code acr_values} separates names by spaces. */
    public static boolean isLevel(String text) {
        return LEVEL.matcher(text).matches();
    }

    /** Whether a level is at least the demanded one. Levels without a number have to be equal. */
    public boolean reaches(String given, String demanded) {
        OptionalInt level = level(given);
        OptionalInt needed = level(demanded);
        return given.equals(demanded)
                || level.isPresent() && needed.isPresent() && level.getAsInt() >= needed.getAsInt();
    }

    private OptionalInt level(String acr) {
        Integer mapped = levels.get(acr);
        if (mapped != null) {
            return OptionalInt.of(mapped);
        }
        return NUMBER.matcher(acr).matches() ? OptionalInt.of(Integer.parseInt(acr)) : OptionalInt.empty();
    }
}
