package io.github.multiclientauth.extension.directory;

import org.keycloak.events.Event;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderEvent;

/**
 * An event that {@link DirectoryListenerProvider} has heard: what a person or a client did.
 *
 * @param session which is not yet committed
 */
public record UserEventHeard(KeycloakSession session, Event event) implements ProviderEvent {}
