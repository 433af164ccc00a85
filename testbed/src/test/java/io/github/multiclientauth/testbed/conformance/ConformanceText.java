package io.github.multiclientauth.testbed.conformance;

/** The prose of docs/reference/conformance.md. */
final class ConformanceText {

    static final String BEGINNING = """
            # Conformance

            What the facade refuses as a relying party of OpenID Connect, and what it accepts. `ConformanceIT` runs the shipped
            facade in front of a provider that misbehaves on demand: {cases} cases. {refused} are refused, each for its own reason.
            {accepted} are accepted, for the reason that the table gives.

            This page is made by that run. The build fails when the page says something else than the run has found.

            ## What the facade requires beyond OpenID Connect

            | Required | Why |
            |---|---|
            | `sid` in the ID token | A logout token names it, and Keycloak confirms the session by it. Without it, nobody could be signed out elsewhere |
            | `clientOrigin` in the ID token, equal to the origin where the sign-in began | One realm serves many applications. A sign-in that began at one origin must not end at another |
            | `clientId` in the ID token, if it is there, equal to the client | The extension writes it for applications that read the token |
            | `nonce` in the ID token, also in the code flow | A code of another sign-in is refused even if PKCE fails |
            | `iss` in the authorization response, if the metadata promise it | RFC 9207: the answer of another provider is refused before its code is sent anywhere |
            | the extension's answer that the session is alive | A sign-in does not begin a session that has already ended |
            | one signature algorithm | The one of the client at Keycloak. What the token says does not matter |

            A provider that is not Keycloak with the extension issues neither `sid` nor `clientOrigin`, so nobody can sign in with it.
            That includes the OpenID Foundation's suite. There is no mode without these claims, not even for tests: it would be code
            that signs people in without the proof of where they began. To run the suite, put a proxy before it that adds the claims
            and the extension's endpoints, and signs again.

            ## Modules of the OpenID Foundation's suite

            The modules for relying parties that apply to the facade, by the names in the suite, and our cases with the same fault.
            """;

    static final String CASES = """

            ## Cases

            The words in *Result* are from the facade's log: `MCA00224` for sign-ins, `MCA00226` for demands that are not met,
            `MCA00222` for pushed requests, `MCA00242` for logout tokens. `MCA00211`: the request itself
            is malformed. `MCA00223`: the provider says that the person was not signed in. *refused* alone: answered with 400 or
            the error page, and no message. `…` stands for what differs from run to run.

            Rules: *Core*, *Discovery*, *Back-Channel Logout*, *Form Post*, *Response Types* are those of OpenID Connect; *OAuth* is
            RFC 6749, *JWS* 7515, *JWE* 7516, *JWK* 7517, *JWA* 7518, *JWT* 7519, *JWT BCP* 8725, *PAR* 9126, *HTTP* 9110, *URI* 3986,
            *JSON* 8259. *ours*: see above.
            """;

    private ConformanceText() {}
}
