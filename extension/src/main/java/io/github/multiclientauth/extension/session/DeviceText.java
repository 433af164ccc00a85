package io.github.multiclientauth.extension.session;

import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.representations.account.DeviceRepresentation;

/** What Keycloak has noted of the browser in which a session began, in words for people. */
record DeviceText(Optional<String> browser, Optional<String> system) {

    static final DeviceText UNKNOWN = new DeviceText(Optional.empty(), Optional.empty());

    /** The word of Keycloak's library for what it does not recognize. */
    private static final String OTHER = "Other";

    /** What follows the first number of a version: it changes with each update, and tells people nothing. */
    private static final Pattern MINOR_VERSION = Pattern.compile("(?<=/\\d{1,9})\\D.*");

    /**
     * Reads Keycloak's note. Without the version of the system: browsers say the same one for all newer systems.
     *
     * @param device {@code null} if Keycloak has none
     */
    static DeviceText of(DeviceRepresentation device) {
        return device == null
                ? UNKNOWN
                : new DeviceText(known(device.getBrowser()).map(DeviceText::browser), known(device.getOs()));
    }

    private static Optional<String> known(String text) {
        return Optional.ofNullable(text)
                .filter(some ->
                        !some.isBlank() && !some.startsWith(OTHER) && !some.startsWith(DeviceRepresentation.UNKNOWN));
    }

    /** Keycloak writes {@code Firefox/133.0}, and {@code Firefox/Unknown} without a version. */
    private static String browser(String noted) {
        return MINOR_VERSION
                .matcher(noted)
                .replaceFirst("")
                .replace("/" + DeviceRepresentation.UNKNOWN, "")
                .replace('/', ' ');
    }
}
