package io.github.multiclientauth.extension.doctor;

import static io.github.multiclientauth.extension.doctor.FindingKind.Severity.ERROR;
import static io.github.multiclientauth.extension.doctor.FindingKind.Severity.WARNING;

/** What the doctor can find, and which field of the admin console fixes it. {@code %s} is the subject of the finding. */
public enum FindingKind {
    FLOW_WITHOUT_STEP(
            "flow-without-step",
            ERROR,
            "The application's browser flow \"%s\" does not begin with the step Client origin, required: nothing checks the origin of"
                    + " its sign-ins",
            Advice.OWN_FLOW),
    STEP_BESIDE_ALTERNATIVES(
            "step-beside-alternatives",
            ERROR,
            "In the browser flow \"%s\" the step Client origin is required beside alternative steps. Keycloak ignores"
                    + " those then: nobody can sign in by this flow",
            "Authentication > Flows > that flow: delete the step Client origin, which restores the flow. Then: "
                    + Advice.OWN_FLOW),
    SCOPE_MISSING(
            "scope-missing",
            ERROR,
            "The realm has no client scope \"%s\", by which clients opt in",
            "Client scopes > Create client scope, of type None, so that no other client gets it; or the setting Client scope"
                    + " of the step Client origin"),
    SCOPE_WITHOUT_MAPPER(
            "scope-without-mapper",
            ERROR,
            "The client scope \"%s\" has no mapper Client origin that adds to the ID token: tokens lack clientOrigin, and"
                    + " the facade refuses them",
            "Client scopes > that scope > Mappers > Add mapper > By configuration > Client origin, with Add to ID token on"),
    SCOPE_OPTIONAL(
            "scope-optional",
            ERROR,
            "The application has the client scope \"%s\" as Optional only: Keycloak leaves it out where a request does not ask for"
                    + " it, as with refreshes, assertions and token exchange, and issues tokens without checking the rules",
            "Clients > the client > Client scopes: set the assigned type of that scope to Default"),
    PICTURE_NOT_KEPT(
            "picture-not-kept",
            WARNING,
            "The user profile has no attribute \"%s\": Keycloak does not store the pictures of the providers",
            "Realm settings > User profile > Create attribute. Then all clients with the client scope profile get the claim"
                    + " picture"),
    ORIGIN_MISSING(
            "origin-missing",
            ERROR,
            "No Web origin names an origin (entered: %s): none of the application's requests can be recognised",
            "Clients > the client > Settings > Web origins"),
    ORIGIN_UNUSABLE(
            "origin-unusable",
            WARNING,
            "The Web origin \"%s\" is not only scheme, host and port, and is ignored",
            "Clients > the client > Settings > Web origins"),
    ORIGIN_REGISTERED_TWICE(
            "origin-registered-twice",
            ERROR,
            "The Web origin %s belongs to more than one application: a facade serves the application that had it first, and a"
                    + " facade that starts now serves none of them there",
            "Clients > the one that should not have it > Settings > Web origins"),
    REDIRECT_URI_MISSING(
            "redirect-uri-missing",
            ERROR,
            "No Valid redirect URI for the provider \"%s\": it is not offered",
            "Clients > the client > Settings > Valid redirect URIs: <origin>/api/auth/callback/<provider>"),
    REDIRECT_URI_UNUSED(
            "redirect-uri-unused",
            WARNING,
            "The Valid redirect URI %s names nothing that the application offers: it is misspelt, or its provider is disabled or"
                    + " not allowed",
            "Clients > the client > Settings > Valid redirect URIs: <origin>/api/auth/callback/<provider>, where keycloak is the"
                    + " provider for Keycloak's own login page. Or remove it there"),
    ORIGIN_WITHOUT_REDIRECT_URI(
            "origin-without-redirect-uri",
            WARNING,
            "No Valid redirect URI is at the Web origin %s: people can sign in there only through the facade's own origin",
            "Clients > the client > Settings > Valid redirect URIs: <origin>/api/auth/callback/<provider>"),
    PROVIDER_UNAVAILABLE(
            "provider-unavailable",
            ERROR,
            "Nobody can sign in with the allowed provider \"%s\": it does not exist, is disabled or only links accounts",
            "The mapper Allowed identity providers of the client. Or Identity providers > that provider > Enabled: all clients offer it then,"
                    + " unless Hide on login page is on"),
    PROVIDER_ALIAS_UNUSABLE(
            "provider-alias-unusable",
            WARNING,
            "No application offers the identity provider \"%s\": its alias has characters other than ASCII letters, digits, _ ."
                    + " and -, or more than 100",
            "Identity providers > Add provider: add it again with another alias; the present one can stay for other clients"),
    NO_PROVIDER(
            "no-provider",
            ERROR,
            "Nobody can sign in at %s: the realm's identity providers and the client's rules leave none",
            "The mapper Allowed identity providers of the client. Or Clients > the client > Settings > Valid redirect URIs:"
                    + " <origin>/api/auth/callback/keycloak, to offer Keycloak's own login page. Or Identity providers: one that is"
                    + " added or enabled is offered by all clients, unless Hide on login page is on"),
    SIBLING_DOES_NOT_COUNT(
            "sibling-does-not-count",
            WARNING,
            "The identity provider %s, but is of another type, or at another issuer or server: it is a provider of its own",
            "Identity providers > that provider: the type and the issuer of the shared one; or another alias"),
    PROVIDER_NAMED_KEYCLOAK(
            "provider-named-keycloak",
            ERROR,
            "The identity provider \"%s\" has the name of Keycloak's own login page: no application can use it",
            "Identity providers: add it again with another alias"),
    DEMAND_UNUSABLE(
            "demand-unusable",
            ERROR,
            "The mappers Client origin demand an authentication that cannot be checked (%s): the facade does not serve the"
                    + " application",
            "The mapper Client origin of the client, or of one of its client scopes: Minimum acr is the name of one level,"
                    + " Maximum age a number of seconds. If several mappers have a Minimum acr, ACR to LoA Mapping has to name each"),
    STANDARD_FLOW_OFF(
            "standard-flow-off",
            ERROR,
            "Standard flow is off: Keycloak refuses every sign-in",
            "Clients > the client > Settings > Capability config > Authentication flow: Standard flow on"),
    ISSUER_EXCLUDED(
            "issuer-excluded",
            ERROR,
            "Keycloak's answers lack the parameter iss: the facade refuses every sign-in",
            "Clients > the client > Advanced > OpenID Connect Compatibility Modes > Exclude Issuer From Authentication Response:"
                    + " off"),
    ID_TOKEN_ALGORITHM(
            "id-token-algorithm",
            ERROR,
            "ID tokens are signed with %s, and the facade cannot verify that: it refuses every sign-in. Keycloak keeps the key"
                    + " of HS256, HS384 and HS512 to itself; it is not the client's secret",
            "Clients > the client > Advanced > Fine grain OpenID Connect configuration > ID token signature algorithm: RS256 or"
                    + " any other that does not begin with HS, at this client only"),
    ID_TOKEN_ENCRYPTED(
            "id-token-encrypted",
            ERROR,
            "ID tokens are encrypted (%s), and the facade cannot decrypt them: it refuses every sign-in",
            "Clients > the client > Advanced > Fine grain OpenID Connect configuration > ID token encryption key management"
                    + " algorithm: Choose..., the empty entry"),
    PKCE_METHOD(
            "pkce-method",
            ERROR,
            "The client requires the PKCE method %s, and the facade sends S256: Keycloak refuses every sign-in",
            "Clients > the client > Settings > Capability config > PKCE Method: S256"),
    CERTIFICATE_BOUND_TOKENS(
            "certificate-bound-tokens",
            ERROR,
            "The client's tokens are bound to a TLS certificate, and the facade has none for a client that does not expect a"
                    + " signed JWT: Keycloak issues no tokens",
            "Clients > the client > Advanced > Advanced settings > OAuth 2.0 Mutual TLS Certificate Bound Access Tokens Enabled:"
                    + " off; or Credentials > Client Authenticator: Signed JWT"),
    REQUEST_OBJECT_REQUIRED(
            "request-object-required",
            ERROR,
            "The client requires a request object (%s), and the facade sends none: Keycloak refuses every sign-in",
            "Clients > the client > Advanced > Fine grain OpenID Connect configuration > Request object required: Not required"),
    SECRET_METHOD(
            "secret-method",
            ERROR,
            "The client allows its secret by %s only, and the facade sends it by client_secret_basic: Keycloak issues no tokens",
            "Clients > the client > Credentials > Allowed authentication method: client_secret_basic, or Any"),
    API_ACCESS_UNUSABLE(
            "api-access-unusable",
            ERROR,
            "The mapper API access has \"%s\" for Tokens for: nobody gets access tokens",
            "Clients > the client > Client scopes > the dedicated scope > API access > Tokens for: servers,"
                    + " servers-and-proxies or nobody"),
    API_ACCESS_AUDIENCE(
            "api-access-audience",
            WARNING,
            "The mapper API access names the audience \"%s\", and the realm has no such client: only a mapper Audience with that"
                    + " custom audience gives tokens for it",
            "Clients > the client > Client scopes > the dedicated scope > API access > Audiences: the client id of the API"),
    API_ACCESS_SCOPE(
            "api-access-scope",
            WARNING,
            "The mapper API access names the scope \"%s\", and the application's sessions do not have it: no token has it",
            "Clients > the client > Client scopes > Add client scope: that scope, of type Default, with Include in token scope"
                    + " on. Or remove it from Scopes of the mapper API access in the dedicated scope"),
    API_ACCESS_CERTIFICATE(
            "api-access-certificate",
            ERROR,
            "The client's tokens are bound to a TLS certificate, and no API would see that of the facade: the application gets"
                    + " no access tokens",
            "Clients > the client > Advanced > Advanced settings > OAuth 2.0 Mutual TLS Certificate Bound Access Tokens Enabled:"
                    + " off; Require DPoP bound tokens instead. Or remove the mapper API access"),
    FRONT_CHANNEL_LOGOUT(
            "front-channel-logout",
            WARNING,
            "Front channel logout is on, so that Keycloak does not send logout tokens to %s",
            "Clients > the client > Settings > Logout settings > Front channel logout: off"),
    LOGOUT_URL_UNREACHABLE(
            "logout-url-unreachable",
            ERROR,
            "Keycloak cannot tell the application that a session has ended: %s is not reachable",
            "Clients > the client > Settings > Backchannel logout URL; or the network between Keycloak and there");

    /** What several kinds have in common. The constants above could not use a constant of the enumeration itself. */
    private static final class Advice {

        /** Never a change of the realm's flow, which other clients use too. */
        static final String OWN_FLOW =
                "The command adopt, which makes the application a browser flow of its own. Or by hand:"
                        + " Authentication > Create flow, with the step Client origin, Required, and after it one sub-flow, Required,"
                        + " that holds all steps of the present flow; then Clients > the client > Advanced > Authentication flow"
                        + " overrides > Browser flow";

        private Advice() {}
    }

    /** How bad it is. */
    public enum Severity {
        /** Somebody cannot sign in, or something is not checked. */
        ERROR,
        /** Something could be better, or may be intended. */
        WARNING
    }

    private final String id;
    private final Severity severity;
    private final String text;
    private final String fix;

    FindingKind(String id, Severity severity, String text, String fix) {
        this.id = id;
        this.severity = severity;
        this.text = text;
        this.fix = fix;
    }

    /** Stays the same in later versions. */
    public String id() {
        return id;
    }

    public Severity severity() {
        return severity;
    }

    /** The field of the admin console, as a path through it. */
    public String fix() {
        return fix;
    }

    String text(String subject) {
        return text.formatted(subject);
    }
}
