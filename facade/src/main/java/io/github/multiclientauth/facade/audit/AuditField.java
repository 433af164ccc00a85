package io.github.multiclientauth.facade.audit;

/** The fields of a line. A field without a value is left out. */
public enum AuditField {
    SCHEMA(
            "schema",
            Type.NUMBER,
            "The version of the schema: " + AuditLine.SCHEMA + ". A line of a newer version can have more."),
    TIME("time", Type.TIME, "When it happened, by Keycloak's clock, in UTC with milliseconds."),
    INSTANCE("instance", Type.TEXT, "The facade that writes the line (`mca.audit.instance`)."),
    EVENT("event", Type.EVENT, "What happened."),
    OUTCOME("outcome", Type.OUTCOME, "How it ended."),
    REASON("reason", Type.REASON, "Why it ended so."),
    LEFT_OUT("leftOut", Type.EVENT, "The event of the lines that were left out."),
    LINES("lines", Type.NUMBER, "How many lines were left out."),
    APPLICATION("application", Type.TEXT, "The client id of the application."),
    ORIGIN("origin", Type.TEXT, "The origin of the application that the request was for, or the preview's."),
    PROVIDER(
            "provider",
            Type.TEXT,
            "The alias of the identity provider, `keycloak` for Keycloak's own login page. Only one that the application"
                    + " offers, or with which the user did sign in."),
    USER_ID(
            "userId",
            Type.TEXT,
            "Keycloak's id of the user, as in Keycloak's events. For a client with pairwise subjects: the subject."),
    SESSION(
            "session",
            Type.HASH,
            "A hash of Keycloak's session id (`sessionId` in Keycloak's events): the first 32 hexadecimal digits of"
                    + " SHA-256."),
    ENDED_SESSIONS("endedSessions", Type.HASHES, "The sessions that were ended, hashed like `session`."),
    USERNAME("username", Type.TEXT, "The user's name at Keycloak. Only with `mca.audit.names`."),
    EMAIL("email", Type.TEXT, "The user's e-mail address. Only with `mca.audit.names`."),
    CLIENT_ADDRESS(
            "clientAddress",
            Type.TEXT,
            "The address of the browser or server that sent the request, as a trusted proxy says it. Of IPv6 the network"
                    + " (`/64`), as for the limits. Not with `mca.audit.client-address=false`."),
    ACTION("action", Type.TEXT, "What the application asked for (`kc_action`), for example `idp_link:google`."),
    ORIGINS_ADDED("originsAdded", Type.TEXTS, "Origins that the application has now."),
    ORIGINS_REMOVED("originsRemoved", Type.TEXTS, "Origins that the application had before."),
    PROVIDERS_ADDED("providersAdded", Type.TEXTS, "Providers that the application offers now."),
    PROVIDERS_REMOVED("providersRemoved", Type.TEXTS, "Providers that the application offered before."),
    SETTINGS("settings", Type.SETTINGS, "Which other settings have changed, without their values."),
    REFERENCE("reference", Type.TEXT, "The reference of the request in the facade's log and on its error pages."),
    TRACE_ID("traceId", Type.TRACE, "The trace of the request, if traces are on."),
    VERSION("version", Type.TEXT, "The version of the facade.");

    private final String key;
    private final Type type;
    private final String meaning;

    /** What a value looks like. */
    public enum Type {
        NUMBER,
        TIME,
        TEXT,
        TEXTS,
        HASH,
        HASHES,
        TRACE,
        EVENT,
        OUTCOME,
        REASON,
        SETTINGS
    }

    AuditField(String key, Type type, String meaning) {
        this.key = key;
        this.type = type;
        this.meaning = meaning;
    }

    /** The name in JSON. */
    public String key() {
        return key;
    }

    public Type type() {
        return type;
    }

    /** For auditors, in Markdown. */
    public String meaning() {
        return meaning;
    }
}
