package io.github.multiclientauth.testbed.provider.oauth;

import java.util.Optional;

/** Which redirect URIs of a request belong to an app. */
public interface RedirectRule {

    /**
     * One of the callbacks, character by character: redirect URIs are the one kind of URL whose comparison as text is
     * the rule.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9700#section-2.1">RFC 9700, section 2.1</a>
     */
    RedirectRule EXACT = (app, sent) -> Optional.ofNullable(sent).filter(app.callbacks()::contains);

    /**
     * Where the app is answered.
     *
     * @param sent as in the request, {@code null} if it was not
     * @return empty if nothing may be sent there
     */
    Optional<String> resolve(RegisteredApp app, String sent);
}
