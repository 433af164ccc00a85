package io.github.multiclientauth.facade.config;

import io.github.multiclientauth.facade.client.ClientDirectory;
import io.github.multiclientauth.facade.oidc.AccessTokenSource;
import io.github.multiclientauth.facade.oidc.AuthorizationServer;
import io.github.multiclientauth.facade.oidc.ChangesSource;
import io.github.multiclientauth.facade.oidc.Credentials;
import io.github.multiclientauth.facade.oidc.FacadeAccount;
import io.github.multiclientauth.facade.oidc.KeycloakAccessTokenSource;
import io.github.multiclientauth.facade.oidc.KeycloakChangesSource;
import io.github.multiclientauth.facade.oidc.KeycloakClock;
import io.github.multiclientauth.facade.oidc.KeycloakDirectorySource;
import io.github.multiclientauth.facade.oidc.KeycloakProbe;
import io.github.multiclientauth.facade.oidc.KeycloakRequests;
import io.github.multiclientauth.facade.oidc.KeycloakSessionKeeper;
import io.github.multiclientauth.facade.oidc.KeycloakSiblingSessions;
import io.github.multiclientauth.facade.oidc.KeycloakWatch;
import io.github.multiclientauth.facade.oidc.NimbusAuthorizationServer;
import io.github.multiclientauth.facade.oidc.ProviderMetadata;
import io.github.multiclientauth.facade.oidc.SessionKeeper;
import io.github.multiclientauth.facade.oidc.SiblingSessions;
import io.github.multiclientauth.facade.oidc.SignInTrial;
import java.net.URI;
import java.util.concurrent.Executor;

/** The access to Keycloak. All parts share one HTTP client with its connections, and one copy of the metadata. */
final class KeycloakClient {

    private final Settings settings;
    private final KeycloakRequests requests;
    private final ProviderMetadata metadata;
    private final Credentials credentials;
    private final FacadeAccount account;
    private final KeycloakClock clock;

    /** @param executor re-reads the metadata in the background */
    KeycloakClient(Settings settings, KeycloakWatch watch, Executor executor, KeycloakClock clock) {
        Settings.Keycloak keycloak = settings.keycloak();
        this.settings = settings;
        this.requests = new KeycloakRequests(
                keycloak.connectTimeout(), keycloak.readTimeout(), keycloak.trusted(), settings.keys(), watch);
        this.metadata = new ProviderMetadata(settings.issuer(), requests, executor);
        this.credentials = new Credentials(settings.issuer(), settings.keys(), clock);
        this.clock = clock;
        Settings.Directory directory = settings.directory();
        this.account = new FacadeAccount(
                metadata, directory.clientId(), directory.authentication(), credentials, requests, clock);
    }

    AuthorizationServer authorizationServer(ClientDirectory directory) {
        return new NimbusAuthorizationServer(settings.issuer(), metadata, credentials, directory, requests, clock);
    }

    /** Reads an endpoint of the extension as the facade's own service account. */
    KeycloakDirectorySource reader(URI url) {
        return new KeycloakDirectorySource(account, url);
    }

    SessionKeeper sessionKeeper() {
        return new KeycloakSessionKeeper(account, clock, settings.directory().url(), settings.issuer());
    }

    AccessTokenSource accessTokenSource() {
        return new KeycloakAccessTokenSource(
                account, clock, settings.directory().url());
    }

    SiblingSessions siblingSessions() {
        return new KeycloakSiblingSessions(account, settings.directory().url());
    }

    ChangesSource changesSource() {
        return new KeycloakChangesSource(account, clock, settings.directory().url());
    }

    /** The facade's own service account. */
    FacadeAccount account() {
        return account;
    }

    SignInTrial signInTrial() {
        return new SignInTrial(metadata, credentials, requests, clock);
    }

    KeycloakProbe probe() {
        return new KeycloakProbe(settings.issuer(), requests);
    }
}
