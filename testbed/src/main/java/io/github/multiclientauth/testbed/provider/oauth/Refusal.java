package io.github.multiclientauth.testbed.provider.oauth;

import java.util.Map;

/** How a provider answers an authorization request that it does not show to the person. */
public sealed interface Refusal {

    /** The browser stays: what the person reads. */
    record Page(int status, String title, String text) implements Refusal {}

    /** Back to the app, which is told by these parameters. Only for faults found after the redirect URI was checked. */
    record Back(Map<String, String> parameters) implements Refusal {}

    /** To the callback that the app has registered, whatever the request asked for. */
    record BackToRegistered(Map<String, String> parameters) implements Refusal {}

    /** An OAuth error, back to the app. */
    static Back back(String error, String description) {
        return new Back(Map.of("error", error, "error_description", description));
    }
}
