package io.github.multiclientauth.extension.directory;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.multiclientauth.extension.application.ClientOriginSettings;
import io.github.multiclientauth.extension.application.OptIn;
import io.github.multiclientauth.extension.doctor.ClientAttribute;
import io.github.multiclientauth.extension.doctor.ExaminedApiAccess;
import io.github.multiclientauth.extension.doctor.ExaminedApplication;
import io.github.multiclientauth.extension.doctor.ExaminedFlow;
import io.github.multiclientauth.extension.doctor.ExaminedRealm;
import io.github.multiclientauth.extension.doctor.ExaminedSettings;
import io.github.multiclientauth.extension.listing.ApiAccessEntries;
import io.github.multiclientauth.extension.listing.OfferedProviders;
import io.github.multiclientauth.extension.listing.RealmContents;
import io.github.multiclientauth.extension.listing.RealmProvider;
import io.github.multiclientauth.extension.listing.RegisteredCallback;
import io.github.multiclientauth.extension.listing.Registration;
import io.github.multiclientauth.extension.provider.OwnLogin;
import io.github.multiclientauth.extension.token.ClientOriginMapper;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.util.ResolveRelative;
import org.keycloak.userprofile.UserProfileProvider;

/** Reads what the doctor examines: what the directory reads, and more. */
final class DoctorReader {

    private static final String EVERYWHERE = "*";
    private static final String PICTURE = "picture";

    /** The switch "Add to ID token" of a mapper. */
    private static final String ID_TOKEN = "id.token.claim";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmContents contents;

    DoctorReader(KeycloakSession session, RealmModel realm, RealmContents contents) {
        this.session = session;
        this.realm = realm;
        this.contents = contents;
    }

    /** Sends a request to each logout URL too, which may take {@link LogoutAddresses#LIMIT}. */
    ExaminedRealm read() {
        OfferedProviders providers = new OfferedProviders(contents);
        List<ExaminedApplication> applications = contents.applications().stream()
                .filter(Registration::enabled)
                .map(client -> application(client, providers))
                .toList();
        return new ExaminedRealm(
                applications,
                flows(),
                contents.providers().stream()
                        .filter(RealmProvider::signsIn)
                        .map(RealmProvider::alias)
                        .collect(toUnmodifiableSet()),
                contents.providers().stream()
                        .map(RealmProvider::alias)
                        .filter(OwnLogin::isNameOf)
                        .collect(toUnmodifiableSet()),
                keepsPicture(),
                LogoutAddresses.unreachable(session, logoutUrls()));
    }

    private ExaminedApplication application(Registration client, OfferedProviders providers) {
        ClientAddresses addresses = addresses(client);
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
                addresses.redirectUris().stream()
                        .filter(uri -> RegisteredCallback.isOfNone(uri, offered))
                        .collect(toUnmodifiableSet()),
                client.rules().stream()
                        .flatMap(rule -> rule.providers().stream())
                        .collect(toUnmodifiableSet()),
                providers.onlyNamedAfterAnother(client),
                logoutUrl(client),
                client.stepUp().unusable(),
                settings(client));
    }

    /** A client that has been deleted since the directory was read stops nothing. */
    private ExaminedSettings settings(Registration client) {
        ClientModel model = realm.getClientByClientId(client.clientId());
        if (model == null) {
            return new ExaminedSettings(
                    true, true, false, contents.signatureAlgorithm(), Map.of(), ExaminedApiAccess.FINE);
        }
        Map<ClientAttribute, String> attributes = new EnumMap<>(ClientAttribute.class);
        for (ClientAttribute attribute : ClientAttribute.values()) {
            String value = model.getAttribute(attribute.key());
            if (value != null) {
                attributes.put(attribute, value);
            }
        }
        if (client.authentication().equals("private_key_jwt")) {
            // The facade's key has a certificate. Whether Keycloak asks for it is a matter of its TLS settings.
            attributes.remove(ClientAttribute.CERTIFICATE_BOUND);
        }
        return new ExaminedSettings(
                model.isStandardFlowEnabled(),
                client.authentication().equals("client_secret"),
                model.isFrontchannelLogout(),
                client.idTokenAlgorithm(contents.signatureAlgorithm()),
                attributes,
                apiAccess(client.apiAccess(), model));
    }

    /** A scope that the client has as an optional one is in sessions only if the facade asks for it. */
    private ExaminedApiAccess apiAccess(ApiAccessEntries entries, ClientModel client) {
        Map<String, ClientScopeModel> byDefault = client.getClientScopes(true);
        Map<String, ClientScopeModel> optional = client.getClientScopes(false);
        return new ExaminedApiAccess(
                List.copyOf(entries.unusable()),
                entries.audiences().stream()
                        .filter(audience -> realm.getClientByClientId(audience) == null)
                        .sorted()
                        .toList(),
                entries.scopes().stream()
                        .filter(scope -> !scope.equals(OAuth2Constants.SCOPE_OPENID))
                        .filter(scope -> !isInToken(byDefault.get(scope)))
                        .filter(scope -> !Registration.SCOPES.contains(scope) || !isInToken(optional.get(scope)))
                        .sorted()
                        .toList(),
                entries.receivers().isPresent()
                        && Boolean.parseBoolean(client.getAttribute(ClientAttribute.CERTIFICATE_BOUND.key())));
    }

    private static boolean isInToken(ClientScopeModel scope) {
        return scope != null && scope.isIncludeInTokenScope();
    }

    /** Addresses that cannot be understood count as not entered, as in the directory. The doctor goes on. */
    private ClientAddresses addresses(Registration client) {
        try {
            return ClientAddresses.of(session, client);
        } catch (RuntimeException e) {
            return new ClientAddresses(List.of(), List.of());
        }
    }

    /** The URL as Keycloak resolves it when it sends a logout token. */
    private Optional<String> logoutUrl(Registration client) {
        return Optional.ofNullable(client.attributes().get(Registration.BACKCHANNEL_LOGOUT_URL))
                .filter(url -> !url.isBlank())
                .map(url -> ResolveRelative.resolveRelativeUri(session, client.rootUrl(), url));
    }

    /** The URLs of the applications whose flow allows the doctor's requests. */
    private Set<String> logoutUrls() {
        Set<String> urls = new TreeSet<>();
        clientsByFlow().forEach((flow, clients) -> {
            if (OptIn.settings(realm, flow).logoutUrlsAsked()) {
                clients.forEach(client -> logoutUrl(client).ifPresent(urls::add));
            }
        });
        return urls;
    }

    /** The flows that applications use. A flow that only other clients use is ignored. */
    private List<ExaminedFlow> flows() {
        Map<String, List<Registration>> used = clientsByFlow();
        if (!used.isEmpty()) {
            return used.entrySet().stream()
                    .map(entry -> flow(
                            entry.getKey(),
                            entry.getValue().stream()
                                    .map(Registration::clientId)
                                    .toList()))
                    .toList();
        }
        // There is no application yet. A prepared flow says what will opt clients in, otherwise the default holds.
        List<ExaminedFlow> prepared = realm.getAuthenticationFlowsStream()
                .filter(AuthenticationFlowModel::isTopLevel)
                .map(AuthenticationFlowModel::getId)
                .filter(id -> enabledSteps(id).stream().anyMatch(DoctorReader::isOurs))
                .map(id -> flow(id, List.of()))
                .toList();
        return prepared.isEmpty() ? List.of(flow(realm.getBrowserFlow().getId(), List.of())) : prepared;
    }

    private Map<String, List<Registration>> clientsByFlow() {
        return contents.applications().stream()
                .filter(Registration::enabled)
                .collect(groupingBy(
                        client -> Optional.ofNullable(client.browserFlow())
                                .filter(id -> realm.getAuthenticationFlowById(id) != null)
                                .orElseGet(() -> realm.getBrowserFlow().getId()),
                        TreeMap::new,
                        toList()));
    }

    private ExaminedFlow flow(String id, List<String> clientIds) {
        ClientOriginSettings settings = OptIn.settings(realm, id);
        String scope = settings.clientScope();
        Optional<ClientScopeModel> optIn = realm.getClientScopesStream()
                .filter(each -> each.getName().equals(scope))
                .findFirst();
        return new ExaminedFlow(
                realm.getAuthenticationFlowById(id).getAlias(),
                step(id),
                clientIds,
                scope,
                clientIds.stream()
                        .filter(clientId -> isOptional(clientId, settings))
                        .collect(toUnmodifiableSet()),
                optIn.isPresent(),
                optIn.filter(each -> each.getProtocolMappersStream()
                                .anyMatch(mapper -> ClientOriginMapper.ID.equals(mapper.getProtocolMapper())
                                        && !"false".equals(mapper.getConfig().get(ID_TOKEN))))
                        .isPresent());
    }

    /** A client that has been deleted since the directory was read has no scope any more. */
    private boolean isOptional(String clientId, ClientOriginSettings settings) {
        return Optional.ofNullable(realm.getClientByClientId(clientId))
                .filter(client -> OptIn.isOptional(client, settings))
                .isPresent();
    }

    private ExaminedFlow.Step step(String flow) {
        List<AuthenticationExecutionModel> steps = enabledSteps(flow);
        boolean required = steps.stream().anyMatch(step -> isOurs(step) && step.isRequired());
        if (required && steps.stream().anyMatch(AuthenticationExecutionModel::isAlternative)) {
            return ExaminedFlow.Step.BESIDE_ALTERNATIVES;
        }
        return required && isOurs(steps.get(0)) ? ExaminedFlow.Step.FIRST : ExaminedFlow.Step.MISSING;
    }

    /** Disabled steps count as absent. */
    private List<AuthenticationExecutionModel> enabledSteps(String flow) {
        return realm.getAuthenticationExecutionsStream(flow)
                .filter(step -> !step.isDisabled())
                .toList();
    }

    private static boolean isOurs(AuthenticationExecutionModel step) {
        return OptIn.STEP.equals(step.getAuthenticator());
    }

    /** A realm that keeps attributes that its user profile does not declare keeps this one too. */
    private boolean keepsPicture() {
        var profile = session.getProvider(UserProfileProvider.class).getConfiguration();
        return profile.getUnmanagedAttributePolicy() != null || profile.getAttribute(PICTURE) != null;
    }
}
