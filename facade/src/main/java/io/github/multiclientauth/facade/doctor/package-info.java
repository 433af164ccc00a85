/** What is wrong with the facade's own settings and its way to Keycloak, beside what Keycloak's own doctor finds. */
package io.github.multiclientauth.facade.doctor;
