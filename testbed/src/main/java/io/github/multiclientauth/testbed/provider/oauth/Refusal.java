package io.github.multiclientauth.testbed.provider.oauth;

import java.util.Map;

/** An answer to a wrong authorization request, for which no consent page is shown. */
public sealed interface Refusal {

    /** A page with a message for the person. */
    record Page(int status, String title, String text) implements Refusal {}

    /** A redirect to the app with these parameters. Only for errors that are found after the redirect URI was checked. */
    record Back(Map<String, String> parameters) implements Refusal {}

    /** A redirect to the registered callback of the app, regardless of the request. */
    record BackToRegistered(Map<String, String> parameters) implements Refusal {}

    /** A redirect to the app with an OAuth error. */
    static Back back(String error, String description) {
        return new Back(Map.of("error", error, "error_description", description));
    }
}
