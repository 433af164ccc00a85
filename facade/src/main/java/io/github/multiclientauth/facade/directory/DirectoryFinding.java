package io.github.multiclientauth.facade.directory;

import io.github.multiclientauth.facade.client.ClientId;

/**
 * What keeps an application from being served, or a part of it; for the operator.
 *
 * @param about a client id; empty if it is about no single client
 */
public record DirectoryFinding(Kind kind, String about, String text) {

    /** How much of it is lost. */
    public enum Kind {
        /** The application cannot be served at all. */
        APPLICATION_UNUSABLE,
        /** One value is left out, and the rest counts. */
        PART_IGNORED,
        /** An application is not recognised at an origin, since another one claims it, too. */
        ORIGIN_CONTESTED
    }

    private static final int MAX_QUOTED = 100;

    static DirectoryFinding unusable(ClientId clientId, String text) {
        return new DirectoryFinding(Kind.APPLICATION_UNUSABLE, clientId.value(), text);
    }

    static DirectoryFinding ignored(ClientId clientId, String text) {
        return new DirectoryFinding(Kind.PART_IGNORED, clientId.value(), text);
    }

    /** What somebody has entered, in quotation marks and of bounded length. */
    static String quoted(String entered) {
        return entered.length() > MAX_QUOTED
                ? "\"" + entered.substring(0, MAX_QUOTED) + "...\""
                : "\"" + entered + "\"";
    }

    /** As a line of the log. */
    @Override
    public String toString() {
        return about.isEmpty() ? text : "client " + about + ": " + text;
    }
}
