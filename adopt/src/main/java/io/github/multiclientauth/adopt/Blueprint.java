package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.adopt.CommandLine.Extra;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The steps that a realm needs. Their order keeps the realm working after each step: a client gets the flow before the scope, and both
 * after everything else.
 */
final class Blueprint {

    static final String CLIENT_ORIGIN = "client-origin";
    static final String ALLOWED_PROVIDER = "allowed-provider";

    private static final String BROWSER = "multi-client-auth browser";
    private static final String FIRST_SIGN_IN = "multi-client-auth first sign-in";

    private static final Set<String> BUILT_IN =
            Set.of("account", "account-console", "admin-cli", "broker", "realm-management", "security-admin-console");

    private final AdminApi realm;
    private final Flows flows;
    private final String browserFlow;
    private final Set<Step> steps = new LinkedHashSet<>();
    private final List<Step> ofClients = new ArrayList<>();

    private Blueprint(AdminApi realm) {
        this.realm = realm;
        this.flows = new Flows(realm);
        this.browserFlow = realm.get("").path("browserFlow").asText();
    }

    /** @param facade where Keycloak reaches the facade, if an administrator has said so */
    static List<Step> of(
            AdminApi realm,
            List<String> clients,
            Set<Extra> extras,
            Optional<FacadeAddress> facade,
            String serverVersion) {
        Blueprint blueprint = new Blueprint(realm);
        blueprint.signInWith(blueprint.browserFlow);
        clients.forEach(blueprint::adopt);
        if (extras.contains(Extra.FIRST_SIGN_IN)) {
            blueprint.firstSignIn();
        }
        blueprint.steps.add(new SignInGate());
        blueprint.steps.add(new ApplicationScope());
        blueprint.steps.add(new SessionsRole());
        blueprint.steps.add(new TokensRole());
        blueprint.steps.add(new FacadeAccount());
        if (serverVersion.startsWith("26.0.")) {
            blueprint.steps.add(new ServerListener("multi-client-auth-consent"));
            blueprint.steps.add(new ServerListener("multi-client-auth-directory"));
        }
        if (extras.contains(Extra.PICTURE)) {
            blueprint.steps.add(new PictureAttribute());
        }
        if (extras.contains(Extra.FACADE_KEY)) {
            clients.forEach(client -> blueprint.expectKey(client, facade));
        }
        List<Step> all = new ArrayList<>(blueprint.steps);
        all.addAll(blueprint.ofClients);
        return List.copyOf(all);
    }

    /**
     * The flow as it would be made now. For the realm's own flows it is a copy of the flow that is bound now.
     *
     * @param made the flow as it was made
     */
    static SignInFlow now(AdminApi realm, SignInFlow made) {
        JsonNode settings = realm.get("");
        Optional<String> bound = switch (made.name()) {
            case BROWSER -> Optional.of(settings.path("browserFlow").asText());
            case FIRST_SIGN_IN ->
                Optional.of(settings.path("firstBrokerLoginFlow").asText());
            default -> Optional.empty();
        };
        return bound.filter(flow -> !new Flows(realm).beginsWith(flow, made.authenticator()))
                .map(made::copying)
                .orElse(made);
    }

    /** The flow for a client that uses this flow now. It is the same flow if that starts with our step. */
    private String signInWith(String flow) {
        if (flows.beginsWith(flow, CLIENT_ORIGIN)) {
            return flow;
        }
        // Keycloak refuses brackets and colons in names.
        String suffix = flow.equals(browserFlow) ? "" : " - " + flow;
        SignInFlow step = new SignInFlow(BROWSER + suffix, flow, "multi-client-auth sign-in" + suffix, CLIENT_ORIGIN);
        steps.add(step);
        return step.name();
    }

    /** A public client has nothing to prove. */
    private void expectKey(String clientId, Optional<FacadeAddress> facade) {
        JsonNode client = new Clients(realm).get(clientId);
        if (!client.path("publicClient").asBoolean()) {
            FacadeAddress address = facade.or(() -> FacadeAddress.of(client))
                    .orElseThrow(
                            () -> new RefusedException("The client " + clientId + " has no origin at which Keycloak"
                                    + " could read the facade's key. Set its Root URL, or give --facade"));
            ofClients.add(new ClientKey(clientId, address.keys()));
        }
    }

    private void firstSignIn() {
        String bound = realm.get("").path("firstBrokerLoginFlow").asText();
        if (!flows.beginsWith(bound, ALLOWED_PROVIDER)) {
            SignInFlow step = new SignInFlow(FIRST_SIGN_IN, bound, "multi-client-auth account", ALLOWED_PROVIDER);
            steps.add(step);
            steps.add(new FirstSignInBinding(step.name()));
        }
    }

    private void adopt(String clientId) {
        JsonNode client = new Clients(realm).get(clientId);
        if (BUILT_IN.contains(clientId)
                || !client.path("protocol").asText("openid-connect").equals("openid-connect")
                || client.path("bearerOnly").asBoolean()
                || !client.path("standardFlowEnabled").asBoolean()) {
            throw new RefusedException("Nobody signs in at the client " + clientId
                    + " with OpenID Connect in a browser: it needs Standard flow, and must not be Keycloak's own");
        }
        String own = ClientFlow.bound(client);
        String current = own.isEmpty() ? browserFlow : flows.alias(own).orElse(browserFlow);
        String wanted = signInWith(current);
        if (!wanted.equals(current)) {
            ofClients.add(new ClientFlow(clientId, wanted));
        }
        ofClients.add(new ClientScope(clientId));
    }
}
