/** Whether the Keycloak that loads the extension is one that it works in. */
package io.github.multiclientauth.extension.compatibility;
