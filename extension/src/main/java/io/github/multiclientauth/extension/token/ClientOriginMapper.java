package io.github.multiclientauth.extension.token;

import io.github.multiclientauth.extension.application.ClientOriginNote;
import io.github.multiclientauth.extension.application.ClientProviders;
import io.github.multiclientauth.extension.application.ProviderNote;
import io.github.multiclientauth.extension.compatibility.OwnProviderFactory;
import io.github.multiclientauth.extension.decision.SignInClaims;
import io.github.multiclientauth.extension.decision.WithheldAddress;
import io.github.multiclientauth.extension.listing.StepUpEntries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.ProtocolMapper;
import org.keycloak.protocol.ProtocolMapperConfigException;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;
import org.keycloak.protocol.oidc.mappers.OIDCIDTokenMapper;
import org.keycloak.protocol.oidc.mappers.TokenIntrospectionTokenMapper;
import org.keycloak.protocol.oidc.mappers.UserInfoTokenMapper;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.IDToken;

/**
 * Writes {@code clientOrigin}, {@code clientId} and {@code provider} into tokens, userinfo and introspection, and {@code act}
 * if an administrator impersonates the user. Removes unverified e-mail addresses from them, if the administrator has chosen
 * that. Its settings for the authentication are read by the directory.
 */
public final class ClientOriginMapper extends AbstractOIDCProtocolMapper
        implements OIDCAccessTokenMapper,
                OIDCIDTokenMapper,
                UserInfoTokenMapper,
                TokenIntrospectionTokenMapper,
                OwnProviderFactory<ProtocolMapper> {

    /** The name that client scopes refer to. */
    public static final String ID = "oidc-client-origin-mapper";

    static final String CLIENT_IN_AUDIENCE = "client.in.audience";

    static final String WITHHOLD_UNVERIFIED_EMAIL = "withhold.unverified.email";

    private static final String ACTOR = "act";

    static final String SIGN_OUT_AT_KEYCLOAK = "sign.out.at.keycloak";

    static final String OWN_SESSIONS_ONLY = "own.sessions.only";

    private static final Set<String> EMAIL_CLAIMS = Set.of(IDToken.EMAIL, IDToken.EMAIL_VERIFIED);

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "Client origin";
    }

    @Override
    public String getDisplayCategory() {
        return TOKEN_MAPPER_CATEGORY;
    }

    @Override
    public String getHelpText() {
        return "Adds the claims clientOrigin (the origin of the sign-in), clientId and provider (alias of the"
                + " identity provider; keycloak for Keycloak's own login page). Tokens without a browser sign-in get"
                + " clientId only. Needs the step \"Client origin\" in the browser flow of the client. If an administrator"
                + " impersonates the user, adds act with that administrator.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        List<ProviderConfigProperty> properties = new ArrayList<>();
        OIDCAttributeMapperHelper.addIncludeInTokensConfig(properties, ClientOriginMapper.class);
        properties.add(new ProviderConfigProperty(
                CLIENT_IN_AUDIENCE,
                "Client in audience",
                "Add the client itself to the audience of its access tokens. Keycloak 26.7 lets a client introspect"
                        + " only tokens whose audience it is in. If off, introspection answers that they are not active.",
                ProviderConfigProperty.BOOLEAN_TYPE,
                "true"));
        properties.add(new ProviderConfigProperty(
                WITHHOLD_UNVERIFIED_EMAIL,
                "Withhold unverified e-mail addresses",
                "Keep the e-mail address of a user without Email verified from this client. Its tokens, userinfo and"
                        + " introspection then lack email, email_verified and every other claim that contains the address.",
                ProviderConfigProperty.BOOLEAN_TYPE,
                "false"));
        properties.add(new ProviderConfigProperty(
                StepUpEntries.MINIMUM_ACR,
                "Minimum acr",
                "The lowest level of authentication with which users can sign in: a name of ACR to LoA Mapping, or a number."
                        + " The browser flow has to offer it. Empty: any.",
                ProviderConfigProperty.STRING_TYPE,
                null));
        properties.add(new ProviderConfigProperty(
                StepUpEntries.MAXIMUM_AGE,
                "Maximum age",
                "How many seconds ago users may have authenticated when they sign in. 0: always anew. Empty: any time ago.",
                ProviderConfigProperty.STRING_TYPE,
                null));
        properties.add(new ProviderConfigProperty(
                StepUpEntries.SHOW_AUTHENTICATION,
                "Show how the user authenticated",
                "Add acr, authTime and amr to what the application gets of each session, also if it has demanded nothing.",
                ProviderConfigProperty.BOOLEAN_TYPE,
                "false"));
        properties.add(new ProviderConfigProperty(
                SIGN_OUT_AT_KEYCLOAK,
                "Sign out at Keycloak",
                "Send the browser of a user who signs out to Keycloak, for Keycloak's own sign-out page, front-channel"
                        + " logout of other clients, and the logout URL of the identity provider. If off, Keycloak ends the"
                        + " session without the browser, and users stay at the application.",
                ProviderConfigProperty.BOOLEAN_TYPE,
                "false"));
        properties.add(new ProviderConfigProperty(
                OWN_SESSIONS_ONLY,
                "Show only sessions of this application",
                "Users can list and end their sessions at the application, which learns from that list where they are signed"
                        + " in. If on, it has only sessions at this application, without the names of others. If off, all"
                        + " sessions of the user, as in Keycloak's account console.",
                ProviderConfigProperty.BOOLEAN_TYPE,
                "false"));
        return List.copyOf(properties);
    }

    /** Refuses wrong settings when they are saved. A facade does not serve an application of an imported realm that has them. */
    @Override
    public void validateConfig(
            KeycloakSession session,
            RealmModel realm,
            ProtocolMapperContainerModel container,
            ProtocolMapperModel mapper)
            throws ProtocolMapperConfigException {
        requireUsable(
                mapper, StepUpEntries.MINIMUM_ACR, StepUpEntries::isLevel, "Minimum acr is the name of one level");
        requireUsable(
                mapper,
                StepUpEntries.MAXIMUM_AGE,
                StepUpEntries::isAge,
                "Maximum age is a number of seconds, up to 99999999");
    }

    private static void requireUsable(ProtocolMapperModel mapper, String setting, Predicate<String> usable, String text)
            throws ProtocolMapperConfigException {
        String entered = mapper.getConfig().get(setting);
        if (entered != null && !entered.isBlank() && !usable.test(entered.strip())) {
            // Keycloak shows the text, since it does not know the key.
            throw new ProtocolMapperConfigException(text, "multi-client-auth-" + setting);
        }
    }

    /** Whether a mapper of the client, its own or one of its client scopes, sends browsers to Keycloak to sign out. */
    public static boolean signsOutAtKeycloak(ClientModel client) {
        return isOn(client, SIGN_OUT_AT_KEYCLOAK);
    }

    /** Whether a mapper of the client keeps the user's sessions at other applications from it. */
    public static boolean showsOwnSessionsOnly(ClientModel client) {
        return isOn(client, OWN_SESSIONS_ONLY);
    }

    private static boolean isOn(ClientModel client, String setting) {
        return Stream.concat(Stream.of(client), client.getClientScopes(true).values().stream())
                .flatMap(ProtocolMapperContainerModel::getProtocolMappersStream)
                .anyMatch(mapper -> ID.equals(mapper.getProtocolMapper())
                        && Boolean.parseBoolean(mapper.getConfig().get(setting)));
    }

    /** Runs after all other mappers, so that what they write about the address can be removed. */
    @Override
    public int getPriority() {
        return Integer.MAX_VALUE;
    }

    @Override
    public AccessToken transformAccessToken(
            AccessToken token,
            ProtocolMapperModel mapper,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext context) {
        AllowedProvidersMapper.enforce(session, userSession, context);
        AccessToken transformed = super.transformAccessToken(token, mapper, session, userSession, context);
        if (isClientInAudience(mapper)) {
            transformed.addAudience(clientId(context));
        }
        return withhold(transformed, mapper, userSession);
    }

    @Override
    public IDToken transformIDToken(
            IDToken token,
            ProtocolMapperModel mapper,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext context) {
        return withhold(super.transformIDToken(token, mapper, session, userSession, context), mapper, userSession);
    }

    @Override
    public AccessToken transformUserInfoToken(
            AccessToken token,
            ProtocolMapperModel mapper,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext context) {
        return withhold(
                super.transformUserInfoToken(token, mapper, session, userSession, context), mapper, userSession);
    }

    @Override
    public AccessToken transformIntrospectionToken(
            AccessToken token,
            ProtocolMapperModel mapper,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext context) {
        return withhold(
                super.transformIntrospectionToken(token, mapper, session, userSession, context), mapper, userSession);
    }

    @Override
    protected void setClaim(
            IDToken token,
            ProtocolMapperModel mapper,
            UserSessionModel userSession,
            KeycloakSession session,
            ClientSessionContext context) {
        AuthenticatedClientSessionModel clientSession = context.getClientSession();
        SignInClaims.of(
                        clientId(context),
                        ClientOriginNote.read(clientSession),
                        ProviderNote.read(clientSession)
                                .orElseGet(() -> new ClientProviders(session, clientSession.getClient())
                                        .signInProvider(userSession)))
                .asMap()
                .forEach(token.getOtherClaims()::put);
        impersonator(userSession).ifPresent(actor -> token.getOtherClaims().putIfAbsent(ACTOR, actor));
    }

    /**
     * Marks an access token as one of a sign-in at a page, whatever the switches of the mapper say. An API of the application
     * that takes tokens of its own client, as of a mobile app, refuses those.
     */
    public static void mark(AccessToken token, AuthenticatedClientSessionModel clientSession) {
        ClientOriginNote.read(clientSession)
                .ifPresent(origin -> token.getOtherClaims().putIfAbsent(SignInClaims.CLIENT_ORIGIN, origin.toString()));
    }

    /** The administrator who has begun this session as the user, as RFC 8693, section 4.1, has an actor. */
    private static Optional<Map<String, String>> impersonator(UserSessionModel userSession) {
        return Optional.ofNullable(userSession.getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString()))
                .map(id -> {
                    Map<String, String> actor = new LinkedHashMap<>(Map.of("sub", id));
                    Optional.ofNullable(userSession.getNote(ImpersonationSessionNote.IMPERSONATOR_USERNAME.toString()))
                            .ifPresent(name -> actor.put("name", name));
                    return actor;
                });
    }

    /** Runs in each place, whether or not our own claims are written there. */
    private static <T extends IDToken> T withhold(T token, ProtocolMapperModel mapper, UserSessionModel userSession) {
        if (Boolean.parseBoolean(mapper.getConfig().get(WITHHOLD_UNVERIFIED_EMAIL))
                && !userSession.getUser().isEmailVerified()) {
            withhold(
                    token,
                    new WithheldAddress(
                            Optional.ofNullable(userSession.getUser().getEmail())
                                    .orElse("")));
        }
        return token;
    }

    private static void withhold(IDToken token, WithheldAddress address) {
        token.setEmail(null);
        token.setEmailVerified(null);
        withhold(address, token.getPreferredUsername(), token::setPreferredUsername);
        withhold(address, token.getName(), token::setName);
        withhold(address, token.getGivenName(), token::setGivenName);
        withhold(address, token.getFamilyName(), token::setFamilyName);
        withhold(address, token.getMiddleName(), token::setMiddleName);
        withhold(address, token.getNickName(), token::setNickName);
        withhold(address, token.getProfile(), token::setProfile);
        withhold(address, token.getWebsite(), token::setWebsite);
        token.getOtherClaims().keySet().removeAll(EMAIL_CLAIMS);
        address.removeFrom(token.getOtherClaims());
    }

    private static void withhold(WithheldAddress address, String claim, Consumer<String> set) {
        if (address.isIn(claim)) {
            set.accept(null);
        }
    }

    /** The default is on. A mapper made by hand or by REST may lack the setting. */
    private static boolean isClientInAudience(ProtocolMapperModel mapper) {
        return !"false".equals(mapper.getConfig().get(CLIENT_IN_AUDIENCE));
    }

    private static String clientId(ClientSessionContext context) {
        return context.getClientSession().getClient().getClientId();
    }
}
