/** How the extension joins the Keycloak that loads it: the check whether it works there, and the base of our provider factories. */
package io.github.multiclientauth.extension.compatibility;
