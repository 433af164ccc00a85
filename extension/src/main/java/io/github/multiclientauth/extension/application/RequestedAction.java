package io.github.multiclientauth.extension.application;

import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.events.Details;
import org.keycloak.models.AccountRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpoint;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What an application asks Keycloak to do with its user during a sign-in ({@code kc_action}): link an account at an identity provider, or add
 * a credential.
 *
 * <p>Keycloak performs it for whoever is signed in at Keycloak in this browser, which may be another person than at the application. It does
 * not know the application's own providers. Before 26.3 it fails without an answer if it does not have the action.
 */
public final class RequestedAction {

    private static final String LINK = "idp_link";

    /** Actions after which a person can sign in at Keycloak's own login page. */
    private static final Set<String> OF_OWN_LOGIN = Set.of("UPDATE_PASSWORD", "webauthn-register-passwordless");

    /** The parameter with Keycloak's id of the session that the person has at the application. */
    private static final String SESSION =
            AuthorizationEndpoint.LOGIN_SESSION_NOTE_ADDITIONAL_REQ_PARAMS_PREFIX + "client_session";

    private static final String FOR_ANOTHER_PERSON = "multi-client-auth.action-for-another-person";
    private static final String WITHOUT_PROVIDER = "multi-client-auth.linked-without-provider";

    private final Application application;
    private final AuthenticationSessionModel signIn;
    private final String name;

    private RequestedAction(Application application, String name) {
        this.application = application;
        this.signIn = application.signIn();
        this.name = name;
    }

    /** @return empty if the sign-in asks for none, or has performed it already */
    public static Optional<RequestedAction> of(Application application) {
        return Optional.ofNullable(application.signIn().getClientNote(Constants.KC_ACTION))
                .map(name -> new RequestedAction(application, name));
    }

    /** What the application is told if Keycloak cannot perform the action. Otherwise has it link the application's own provider. */
    public Optional<Response> refusal() {
        if (isOfSessionThatHasEnded()) {
            return Optional.of(answer().sessionEnded());
        }
        Optional<String> missing = missing();
        return missing.isPresent()
                ? Optional.of(answer().actionNotAvailable(missing.get()))
                : name.equals(LINK) ? notLinked() : Optional.empty();
    }

    private ApplicationAnswer answer() {
        return application.answer(name);
    }

    /** What the administrator would have to change. */
    private Optional<String> missing() {
        RequiredActionProviderModel action = realm().getRequiredActionProviderByAlias(name);
        if (application.session().getKeycloakSessionFactory().getProviderFactory(RequiredActionProvider.class, name)
                == null) {
            return Optional.of("this Keycloak does not have it"
                    + (name.equals(LINK) ? ", which Keycloak 26.3 was the first to" : ""));
        }
        if (action == null || !action.isEnabled()) {
            return Optional.of("it is not enabled (Authentication > Required actions)");
        }
        if (OF_OWN_LOGIN.contains(name) && !application.mayUseOwnLogin()) {
            return Optional.of("it is for Keycloak's own login page, which a rule of the client does not allow");
        }
        return name.equals(LINK) && !mayLink(signIn.getClient())
                ? Optional.of(
                        "the client lacks the role manage-account-links of the client account (Clients > the client >"
                                + " Client scopes > its dedicated scope > Scope)")
                : Optional.empty();
    }

    private boolean mayLink(ClientModel client) {
        return linkingRoles().anyMatch(client::hasScope);
    }

    private Stream<RoleModel> linkingRoles() {
        return Optional.ofNullable(realm().getClientByClientId(Constants.ACCOUNT_MANAGEMENT_CLIENT_ID)).stream()
                .flatMap(account -> Stream.of(AccountRoles.MANAGE_ACCOUNT, AccountRoles.MANAGE_ACCOUNT_LINKS)
                        .map(account::getRole)
                        .filter(role -> role != null));
    }

    private Optional<Response> notLinked() {
        String alias = Optional.ofNullable(signIn.getClientNote(Constants.KC_ACTION_PARAMETER))
                .orElse("");
        Optional<IdentityProviderModel> provider = application.serving(alias).filter(application::mayUse);
        provider.ifPresent(serving -> signIn.setClientNote(Constants.KC_ACTION_PARAMETER, serving.getAlias()));
        return provider.isPresent() ? Optional.empty() : Optional.of(application.refuse(alias));
    }

    private boolean isOfSessionThatHasEnded() {
        return signIn.getClientNote(SESSION) != null && sessionAtApplication().isEmpty();
    }

    private Optional<UserSessionModel> sessionAtApplication() {
        return Optional.ofNullable(signIn.getClientNote(SESSION))
                .map(id -> application.session().sessions().getUserSession(realm(), id));
    }

    /**
     * Drops an action that another person has asked for than the one who is signed in at Keycloak in this browser. A request that does not
     * name the person's session is performed for whoever is signed in, as Keycloak does.
     *
     * @return whether the sign-in has to be refused
     */
    public static boolean isForAnotherPerson(Application application, UserModel user) {
        AuthenticationSessionModel signIn = application.signIn();
        of(application)
                .filter(action -> signIn.getClientNote(SESSION) != null)
                .filter(action -> action.sessionAtApplication()
                        .filter(session -> session.getUser().getId().equals(user.getId()))
                        .isEmpty())
                .ifPresent(action -> {
                    // Keycloak 26.0 would perform it before our refusal.
                    signIn.removeClientNote(Constants.KC_ACTION);
                    signIn.setAuthNote(FOR_ANOTHER_PERSON, action.name);
                });
        return signIn.getAuthNote(FOR_ANOTHER_PERSON) != null;
    }

    /** What the application is told about an action for another person. Empty if there is none. */
    public static Optional<Response> refusalOfAnotherPerson(Application application) {
        return Optional.ofNullable(application.signIn().getAuthNote(FOR_ANOTHER_PERSON))
                .map(name -> application.answer(name).otherPerson());
    }

    /**
     * Keeps a session that began at Keycloak's own login page from becoming one of the linked provider, for all of its applications: Keycloak
     * notes the provider of the first link there.
     */
    public static void keepOwnLogin(Application application) {
        AuthenticationSessionModel signIn = application.signIn();
        String action = signIn.getClientNote(Constants.KC_ACTION);
        if (LINK.equals(action)) {
            presentSession(application)
                    .filter(session -> session.getNote(Details.IDENTITY_PROVIDER) == null)
                    .ifPresent(session -> signIn.setAuthNote(WITHOUT_PROVIDER, "true"));
        } else if (action == null && signIn.getAuthNote(WITHOUT_PROVIDER) != null) {
            signIn.removeAuthNote(WITHOUT_PROVIDER);
            presentSession(application).ifPresent(session -> {
                session.removeNote(Details.IDENTITY_PROVIDER);
                session.removeNote(Details.IDENTITY_PROVIDER_USERNAME);
            });
        }
    }

    private static Optional<UserSessionModel> presentSession(Application application) {
        return Optional.ofNullable(application
                .session()
                .sessions()
                .getUserSession(
                        application.realm(),
                        application.signIn().getParentSession().getId()));
    }

    private RealmModel realm() {
        return application.realm();
    }
}
