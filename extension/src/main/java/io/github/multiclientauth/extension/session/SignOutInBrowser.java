package io.github.multiclientauth.extension.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.multiclientauth.extension.token.ClientOriginMapper;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.OIDCLoginProtocolService;
import org.keycloak.protocol.oidc.utils.RedirectUtils;
import org.keycloak.representations.IDToken;
import org.keycloak.util.JsonSerialization;
import org.keycloak.util.TokenUtil;

/**
 * The sign-out by the browser: Keycloak's logout endpoint, which shows Keycloak's own page or sends the browser on to the
 * identity provider's.
 *
 * <p>Keycloak asks "Do you want to log out?" unless it gets an ID token of the session. The facade keeps none, so one is made
 * here that can do nothing else: it has neither issuer nor audience, says nothing about the person, and is in an address.
 *
 * @see <a href="https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout">OpenID Connect RP-Initiated Logout
 *     1.0, section 2</a>
 */
record SignOutInBrowser(KeycloakSession session, ClientModel client) {

    private static final int SECONDS_TO_GET_THERE = 60;

    /**
     * The address that ends the session.
     *
     * @param returnTo where the browser goes in the end, if it is one of the client's Valid post logout redirect URIs.
     *     Otherwise it stays on Keycloak's page
     * @return empty if the administrator does not want it so, if there is no session with a part of this client, or if
     *     there is an offline one too, which browsers cannot end
     */
    Optional<String> address(String sid, String returnTo) {
        RealmModel realm = session.getContext().getRealm();
        UserSessionModel online = session.sessions().getUserSession(realm, sid);
        if (!ClientOriginMapper.signsOutAtKeycloak(client)
                || online == null
                || online.getAuthenticatedClientSessionByClient(client.getId()) == null
                || session.sessions().getOfflineUserSession(realm, sid) != null) {
            return Optional.empty();
        }
        session.getContext().setClient(client);
        String endpoint = OIDCLoginProtocolService.logoutUrl(
                        session.getContext().getUri().getBaseUriBuilder())
                .build(realm.getName())
                .toString();
        return Optional.of(endpoint + "?id_token_hint=" + hint(sid)
                + (isRegistered(returnTo) ? "&post_logout_redirect_uri=" + URLEncoder.encode(returnTo, UTF_8) : ""));
    }

    private boolean isRegistered(String returnTo) {
        return RedirectUtils.verifyRedirectUri(
                        session,
                        client.getRootUrl(),
                        returnTo,
                        new HashSet<>(OIDCAdvancedConfigWrapper.fromClientModel(client)
                                .getPostLogoutRedirectUris()),
                        true)
                != null;
    }

    private String hint(String sid) {
        long now = Duration.ofMillis(Time.currentTimeMillis()).toSeconds();
        return session.tokens()
                .encode(JsonSerialization.mapper.convertValue(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("typ", TokenUtil.TOKEN_TYPE_ID)
                                .put("azp", client.getClientId())
                                .put("sid", sid)
                                .put("iat", now)
                                .put("exp", now + SECONDS_TO_GET_THERE),
                        IDToken.class));
    }
}
