package io.github.multiclientauth.extension.directory;

import org.keycloak.provider.ProviderEvent;

/**
 * A change that {@link DirectoryListenerProvider} has heard of, and that Keycloak's models may not report.
 *
 * @param realmId the realm's internal id
 */
record SettingsChangedEvent(String realmId) implements ProviderEvent {}
