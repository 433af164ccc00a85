package io.github.multiclientauth.extension.listing;

import io.github.multiclientauth.extension.provider.SettingValues;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a client demands of the authentication at every sign-in, from all mappers <em>Client origin</em> that it has, as entered.
 *
 * @param minimumAcr the lowest level that is accepted. More than one only if mappers differ
 * @param maximumAge how many seconds ago users may have authenticated. The same
 * @param showAuthentication whether sessions show how users authenticated
 * @param levels the client's <em>ACR to LoA Mapping</em>, or else the realm's
 */
public record StepUpEntries(
        Set<String> minimumAcr, Set<String> maximumAge, boolean showAuthentication, Map<String, Integer> levels) {

    /** The setting that holds the lowest level. */
    public static final String MINIMUM_ACR = "minimum.acr";

    /** The setting that holds the age. */
    public static final String MAXIMUM_AGE = "maximum.age";

    /** The setting that shows how users authenticated. */
    public static final String SHOW_AUTHENTICATION = "show.authentication";

    /** The attribute of clients and realms that has the mapping. */
    public static final String ACR_TO_LOA = "acr.loa.map";

    /** The entries of a client that demands nothing. */
    public static final StepUpEntries NONE = new StepUpEntries(Set.of(), Set.of(), false, Map.of());

    /** Requests separate names by spaces. A facade takes no longer one. */
    private static final Pattern LEVEL = Pattern.compile("[^\\p{Cntrl}\\p{Z}]{1,100}");

    /** Three years. Keycloak adds larger ones up to a negative one. */
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,8}");

    /** Keycloak takes a level that its mapping does not name for its number. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    public StepUpEntries {
        minimumAcr = Set.copyOf(minimumAcr);
        maximumAge = Set.copyOf(maximumAge);
        levels = Map.copyOf(levels);
    }

    /**
     * Takes settings as Keycloak stores them, {@code null} for an empty one.
     *
     * @param show the switches of all mappers
     */
    public static StepUpEntries of(
            Collection<String> minimumAcr,
            Collection<String> maximumAge,
            Collection<String> show,
            Map<String, Integer> levels) {
        return new StepUpEntries(
                SettingValues.of(minimumAcr),
                SettingValues.of(maximumAge),
                show.stream().anyMatch(Boolean::parseBoolean),
                levels);
    }

    /** Whether a text can name one level. */
    public static boolean isLevel(String text) {
        return LEVEL.matcher(text).matches();
    }

    /** Whether a text is a number of seconds. */
    public static boolean isAge(String text) {
        return SECONDS.matcher(text).matches();
    }

    /**
     * The highest of the lowest levels. Several that cannot be compared are joined, so that a facade finds that they are not one
     * level: it then does not serve the application.
     */
    public Optional<String> strictestAcr() {
        Set<String> entered = new TreeSet<>(minimumAcr);
        return entered.stream()
                .filter(one -> entered.stream().allMatch(other -> reaches(one, other)))
                .findFirst()
                .or(() -> Optional.of(String.join(" ", entered)).filter(joined -> !joined.isEmpty()));
    }

    /** The shortest of the ages; or one that is no number, which no facade takes. */
    public Optional<String> strictestAge() {
        return maximumAge.stream()
                .sorted()
                .filter(age -> !isAge(age))
                .findFirst()
                .or(() -> maximumAge.stream()
                        .map(Integer::valueOf)
                        .min(Integer::compare)
                        .map(String::valueOf));
    }

    /** The demands that no facade understands, as entered. */
    public List<String> unusable() {
        return Stream.concat(
                        strictestAcr().filter(acr -> !isLevel(acr)).stream(),
                        strictestAge().filter(age -> !isAge(age)).stream())
                .toList();
    }

    private boolean reaches(String level, String other) {
        OptionalInt number = number(level);
        OptionalInt needed = number(other);
        return level.equals(other)
                || number.isPresent() && needed.isPresent() && number.getAsInt() >= needed.getAsInt();
    }

    private OptionalInt number(String level) {
        if (levels.containsKey(level)) {
            return OptionalInt.of(levels.get(level));
        }
        return NUMBER.matcher(level).matches() ? OptionalInt.of(Integer.parseInt(level)) : OptionalInt.empty();
    }
}
