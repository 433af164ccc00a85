package io.github.multiclientauth.extension.directory;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.multiclientauth.extension.broker.OptIn;
import io.github.multiclientauth.extension.claims.ClientOriginMapper;
import io.github.multiclientauth.extension.doctor.ExaminedApplication;
import io.github.multiclientauth.extension.doctor.ExaminedFlow;
import io.github.multiclientauth.extension.doctor.ExaminedRealm;
import io.github.multiclientauth.extension.origin.ClientOriginAuthenticatorFactory;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.util.ResolveRelative;
import org.keycloak.userprofile.UserProfileProvider;

/** Reads for the doctor what there is, as the directory reads it and beyond. */
final class DoctorReading {

    private static final String EVERYWHERE = "*";
    private static final String PICTURE = "picture";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmContents contents;

    DoctorReading(KeycloakSession session, RealmModel realm, RealmContents contents) {
        this.session = session;
        this.realm = realm;
        this.contents = contents;
    }

    /** Asks each logout URL, too, which may take {@link LogoutAddresses#LIMIT}. */
    ExaminedRealm read() {
        OfferedProviders providers = new OfferedProviders(contents);
        List<ExaminedApplication> applications = contents.applications().stream()
                .filter(Registration::enabled)
                .map(client -> application(client, providers))
                .toList();
        return new ExaminedRealm(
                applications,
                flows().map(this::flow).toList(),
                contents.providers().stream()
                        .filter(RealmProvider::signsIn)
                        .map(RealmProvider::alias)
                        .collect(toUnmodifiableSet()),
                keepsPicture(),
                LogoutAddresses.unreachable(
                        session,
                        applications.stream()
                                .flatMap(application -> application.logoutUrl().stream())
                                .collect(toCollection(TreeSet::new))));
    }

    private ExaminedApplication application(Registration client, OfferedProviders providers) {
        ClientAddresses addresses = ClientAddresses.of(session, client);
        Set<String> webOrigins = new TreeSet<>(addresses.webOrigins());
        if (client.webOrigins().contains(EVERYWHERE)) {
            webOrigins.add(EVERYWHERE);
        }
        List<String> offered = providers.to(client, addresses.redirectUris()).stream()
                .map(OfferedProviders.Offer::alias)
                .toList();
        return new ExaminedApplication(
                client.clientId(),
                webOrigins,
                Set.copyOf(addresses.redirectUris()),
                offered,
                offered.stream()
                        .filter(alias -> !RegisteredCallback.isRegistered(alias, addresses.redirectUris()))
                        .collect(toUnmodifiableSet()),
                client.rules().stream()
                        .flatMap(rule -> rule.providers().stream())
                        .collect(toUnmodifiableSet()),
                logoutUrl(client));
    }

    /** As Keycloak resolves it when it sends a logout token. */
    private Optional<String> logoutUrl(Registration client) {
        return Optional.ofNullable(client.attributes().get(Registration.BACKCHANNEL_LOGOUT_URL))
                .filter(url -> !url.isBlank())
                .map(url -> ResolveRelative.resolveRelativeUri(session, client.rootUrl(), url));
    }

    private Stream<String> flows() {
        return Stream.concat(
                        Stream.of(realm.getBrowserFlow().getId()),
                        contents.applications().stream()
                                .map(Registration::browserFlow)
                                .filter(Objects::nonNull))
                .distinct();
    }

    private ExaminedFlow flow(String id) {
        String scope = OptIn.settings(realm, id).clientScope();
        Optional<ClientScopeModel> optIn = realm.getClientScopesStream()
                .filter(each -> each.getName().equals(scope))
                .findFirst();
        return new ExaminedFlow(
                realm.getAuthenticationFlowById(id).getAlias(),
                beginsWithStep(id),
                scope,
                optIn.isPresent(),
                optIn.filter(each -> each.getProtocolMappersStream()
                                .anyMatch(mapper -> ClientOriginMapper.ID.equals(mapper.getProtocolMapper())))
                        .isPresent());
    }

    /** Steps that are switched off count as not there. */
    private boolean beginsWithStep(String flow) {
        return realm.getAuthenticationExecutionsStream(flow)
                .filter(step -> !step.isDisabled())
                .findFirst()
                .filter(AuthenticationExecutionModel::isRequired)
                .filter(step -> ClientOriginAuthenticatorFactory.ID.equals(step.getAuthenticator()))
                .isPresent();
    }

    /** A realm that keeps what its user profile does not declare keeps this, too. */
    private boolean keepsPicture() {
        var profile = session.getProvider(UserProfileProvider.class).getConfiguration();
        return profile.getUnmanagedAttributePolicy() != null || profile.getAttribute(PICTURE) != null;
    }
}
