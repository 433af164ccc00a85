package io.github.multiclientauth.extension.directory;

import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderEvent;

/**
 * An event that {@link DirectoryListenerProvider} has heard: what an administrator did, which Keycloak's models may not
 * report.
 *
 * @param session which is not yet committed
 */
public record AdminEventHeard(KeycloakSession session, AdminEvent event) implements ProviderEvent {}
