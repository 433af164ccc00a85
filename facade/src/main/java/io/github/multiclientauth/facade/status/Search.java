package io.github.multiclientauth.facade.status;

import io.github.multiclientauth.facade.client.Application;
import java.util.Locale;

/**
 * A part of the list of applications that an operator wants to see.
 *
 * @param text has to occur in the client id, the name, an origin or a provider, in upper or lower case; empty for all
 * @param page beginning with 1
 */
public record Search(String text, int page) {

    /** The first applications of all. */
    public static final Search ALL = new Search("", 1);

    private static final int MAX_TEXT = 200;

    public Search {
        String trimmed = text.strip();
        text = trimmed.substring(0, Math.min(trimmed.length(), MAX_TEXT));
        page = Math.max(page, 1);
    }

    /**
     * Makes a search of what a request says. What cannot be understood means the beginning of the list.
     *
     * @param text may be null
     * @param page may be null
     */
    public static Search of(String text, String page) {
        return new Search(text == null ? "" : text, number(page));
    }

    private static int number(String page) {
        try {
            return page == null ? 1 : Integer.parseInt(page);
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    boolean finds(Application application) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return wanted.isEmpty()
                || contains(application.clientId().value(), wanted)
                || contains(application.name(), wanted)
                || application.origins().stream().anyMatch(origin -> contains(origin.toString(), wanted))
                || application.providers().stream()
                        .anyMatch(provider ->
                                contains(provider.alias(), wanted) || contains(provider.displayName(), wanted));
    }

    private static boolean contains(String where, String wanted) {
        return where.toLowerCase(Locale.ROOT).contains(wanted);
    }
}
