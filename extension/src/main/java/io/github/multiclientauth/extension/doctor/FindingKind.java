package io.github.multiclientauth.extension.doctor;

import static io.github.multiclientauth.extension.doctor.FindingKind.Severity.ERROR;
import static io.github.multiclientauth.extension.doctor.FindingKind.Severity.WARNING;

/** What can be found, where {@code %s} is what it is about, and which field of the admin console mends it. */
public enum FindingKind {
    FLOW_WITHOUT_STEP(
            "flow-without-step",
            ERROR,
            "The browser flow \"%s\" does not begin with the step Client origin, required: nothing checks where people come from",
            "Authentication > Flows > that flow: Add step, Client origin, drag it to the top, Required"),
    SCOPE_MISSING(
            "scope-missing",
            ERROR,
            "The realm has no client scope \"%s\", by which clients opt in",
            "Client scopes > Create client scope; or the setting Client scope of the step Client origin"),
    SCOPE_WITHOUT_MAPPER(
            "scope-without-mapper",
            ERROR,
            "The client scope \"%s\" has no mapper Client origin: tokens lack clientOrigin, and the facade refuses them",
            "Client scopes > that scope > Mappers > Add mapper > By configuration > Client origin"),
    PICTURE_NOT_KEPT(
            "picture-not-kept",
            WARNING,
            "The user profile has no attribute \"%s\": Keycloak drops the pictures that the providers give",
            "Realm settings > User profile > Create attribute"),
    ORIGIN_MISSING(
            "origin-missing",
            ERROR,
            "No Web origin names an origin (entered: %s): none of the application's requests can be recognised",
            "Clients > the client > Settings > Web origins"),
    ORIGIN_UNUSABLE(
            "origin-unusable",
            WARNING,
            "The Web origin \"%s\" is not scheme, host and port alone, and counts as nobody's",
            "Clients > the client > Settings > Web origins"),
    ORIGIN_REGISTERED_TWICE(
            "origin-registered-twice",
            ERROR,
            "The Web origin %s is another application's, too: it is recognised as neither",
            "Clients > one of the two > Settings > Web origins"),
    REDIRECT_URI_MISSING(
            "redirect-uri-missing",
            ERROR,
            "No Valid redirect URI for the provider \"%s\": Keycloak refuses to start its sign-ins",
            "Clients > the client > Settings > Valid redirect URIs: <origin>/api/auth/callback/<provider>"),
    ORIGIN_WITHOUT_REDIRECT_URI(
            "origin-without-redirect-uri",
            WARNING,
            "No Valid redirect URI is at the Web origin %s: people sign in there only by way of the facade's own origin",
            "Clients > the client > Settings > Valid redirect URIs: <origin>/api/auth/callback/<provider>"),
    PROVIDER_UNAVAILABLE(
            "provider-unavailable",
            ERROR,
            "The allowed provider \"%s\" signs nobody in: there is none of that name, or it is disabled or only links accounts",
            "Identity providers > that provider > Enabled; or the mapper Allowed providers of the client"),
    NO_PROVIDER(
            "no-provider",
            ERROR,
            "Nobody can sign in at %s: the realm's identity providers and the client's rules leave none",
            "Identity providers; the mapper Allowed providers of the client"),
    LOGOUT_URL_MISSING(
            "logout-url-missing",
            WARNING,
            "Without a Backchannel logout URL a session at %s outlives Keycloak's, until it is next confirmed",
            "Clients > the client > Settings > Backchannel logout URL: <origin>/api/auth/backchannel-logout"),
    LOGOUT_URL_UNREACHABLE(
            "logout-url-unreachable",
            ERROR,
            "Keycloak cannot tell the application that a session has ended: %s",
            "Clients > the client > Settings > Backchannel logout URL; or the network between Keycloak and there");

    /** How bad it is. */
    public enum Severity {
        /** Somebody cannot sign in, or something is not checked. */
        ERROR,
        /** Something is not as good as it could be, or may be meant so. */
        WARNING
    }

    private final String id;
    private final Severity severity;
    private final String text;
    private final String mend;

    FindingKind(String id, Severity severity, String text, String mend) {
        this.id = id;
        this.severity = severity;
        this.text = text;
        this.mend = mend;
    }

    /** Stays the same in later versions. */
    public String id() {
        return id;
    }

    public Severity severity() {
        return severity;
    }

    /** The field of the admin console, as a path through it. */
    public String mend() {
        return mend;
    }

    String text(String subject) {
        return text.formatted(subject);
    }
}
