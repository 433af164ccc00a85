package io.github.multiclientauth.extension.origin;

/** What this browser's single sign-on session is good for, in the present request. */
enum SsoSession {
    /** There is none, or the sign-in stands apart from it. */
    NONE,
    /** There is one, but the request wants the person to sign in again ({@code prompt=login}, {@code max_age}). */
    TO_BE_RENEWED,
    /** Keycloak can sign the person in without a question. */
    USABLE,
    /** It was begun with another identity provider than the request asks for. */
    OF_OTHER_PROVIDER,
    /** It was begun with an identity provider that the application may not use. */
    OF_FORBIDDEN_PROVIDER
}
