package io.github.multiclientauth.extension.link;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.extension.application.ClientProviders;
import io.github.multiclientauth.extension.decision.EmailEvidence;
import io.github.multiclientauth.extension.decision.EmailEvidence.EmailStatement;
import io.github.multiclientauth.extension.decision.LinkSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.IDToken;
import org.keycloak.representations.JsonWebToken;

/**
 * Reads what a provider has said about an address, and whether the administrator trusts it in the step "Link verified
 * e-mail".
 */
final class EmailEvidenceReader {

    private EmailEvidenceReader() {}

    /** @param identity as the person has confirmed it: they may have typed the address */
    static EmailEvidence read(AuthenticationFlowContext context, BrokeredIdentityContext identity) {
        return new EmailEvidence(
                Optional.ofNullable(identity.getEmail()).orElse(""),
                statements(identity.getContextData()),
                isTrusted(context, identity));
    }

    /**
     * Whether the provider itself is in the list, or the shared one that it is the sibling of. A sibling's statements
     * come from the same server, by another OAuth app.
     */
    private static boolean isTrusted(AuthenticationFlowContext context, BrokeredIdentityContext identity) {
        Set<String> trusted = settings(context).trustedProviders();
        return trusted.contains(identity.getIdpConfig().getAlias()) || trusted.contains(name(context, identity));
    }

    /** The settings of the step, wherever in the flow it is. A flow without the step trusts no provider. */
    private static LinkSettings settings(AuthenticationFlowContext context) {
        RealmModel realm = context.getRealm();
        String flow = AuthenticatorUtil.getTopParentFlow(realm, context.getExecution())
                .getId();
        return AuthenticatorUtil.getExecutionsByType(realm, flow, LinkVerifiedEmailAuthenticatorFactory.ID).stream()
                .filter(AuthenticationExecutionModel::isEnabled)
                .flatMap(step -> Optional.ofNullable(step.getAuthenticatorConfig()).stream())
                .flatMap(id -> Optional.ofNullable(realm.getAuthenticatorConfigById(id)).stream())
                .flatMap(config -> Optional.ofNullable(config.getConfig()).stream())
                .findFirst()
                .map(LinkSettings::of)
                .orElseGet(() -> LinkSettings.of(Map.of()));
    }

    private static String name(AuthenticationFlowContext context, BrokeredIdentityContext identity) {
        return new ClientProviders(
                        context.getSession(), context.getAuthenticationSession().getClient())
                .nameOf(identity.getIdpConfig().getAlias());
    }

    private static List<EmailStatement> statements(Map<String, Object> contextData) {
        List<EmailStatement> statements = new ArrayList<>();
        Object token = contextData.get(OIDCIdentityProvider.VALIDATED_ID_TOKEN);
        if (token instanceof IDToken idToken) {
            statements.add(new EmailStatement(
                    Optional.ofNullable(idToken.getEmail()), Optional.ofNullable(idToken.getEmailVerified())));
        } else if (token instanceof JsonWebToken webToken) {
            statements.add(EmailStatement.of(
                    text(webToken.getOtherClaims().get(IDToken.EMAIL)),
                    text(webToken.getOtherClaims().get(IDToken.EMAIL_VERIFIED))));
        }
        if (contextData.get(OIDCIdentityProvider.USER_INFO) instanceof JsonNode profile) {
            statements.add(EmailStatement.of(
                    profile.path(IDToken.EMAIL).asText(null),
                    profile.path(IDToken.EMAIL_VERIFIED).asText(null)));
        }
        return statements;
    }

    private static String text(Object claim) {
        return claim == null ? null : claim.toString();
    }
}
