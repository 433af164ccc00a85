package io.github.multiclientauth.testbed.provider.oauth;

import java.util.Optional;

/** The rules for redirect URIs of a request. */
public interface RedirectRule {

    /**
     * Exactly one of the callbacks. Redirect URIs are the only kind of URL that must be compared as text.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9700#section-2.1">RFC 9700, section 2.1</a>
     */
    RedirectRule EXACT = (app, sent) -> Optional.ofNullable(sent).filter(app.callbacks()::contains);

    /**
     * The address for the answer to the app.
     *
     * @param sent the one in the request, {@code null} if there is none
     * @return empty if nothing may be sent there
     */
    Optional<String> resolve(RegisteredApp app, String sent);
}
