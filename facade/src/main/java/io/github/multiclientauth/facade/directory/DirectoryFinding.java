package io.github.multiclientauth.facade.directory;

import io.github.multiclientauth.facade.client.ClientId;

/**
 * A reason why an application, or a part of it, is not served. For the operator.
 *
 * @param about a client id, or empty text if it concerns no single client
 */
public record DirectoryFinding(Kind kind, String about, String text) {

    /** The extent of the problem. */
    public enum Kind {
        /** The application cannot be served at all. */
        APPLICATION_UNUSABLE,
        /** One value is ignored, and the rest is used. */
        PART_IGNORED,
        /** An application is not recognised at an origin because another one also claims it. */
        ORIGIN_CONTESTED
    }

    private static final int MAX_QUOTED = 100;

    static DirectoryFinding unusable(ClientId clientId, String text) {
        return new DirectoryFinding(Kind.APPLICATION_UNUSABLE, clientId.value(), text);
    }

    static DirectoryFinding ignored(ClientId clientId, String text) {
        return new DirectoryFinding(Kind.PART_IGNORED, clientId.value(), text);
    }

    /** The text that somebody entered, in quotation marks and shortened. */
    static String quoted(String entered) {
        return entered.length() > MAX_QUOTED
                ? "\"" + entered.substring(0, MAX_QUOTED) + "...\""
                : "\"" + entered + "\"";
    }

    /** The finding as a log line. */
    @Override
    public String toString() {
        return about.isEmpty() ? text : "client " + about + ": " + text;
    }
}
