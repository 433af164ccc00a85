/** Checks of the facade's own settings and of its access to Keycloak, in addition to Keycloak's own doctor. */
package io.github.multiclientauth.facade.doctor;
