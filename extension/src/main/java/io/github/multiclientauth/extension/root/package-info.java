/** What a realm offers below {@code /realms/{realm}/multi-client-auth}: one class names all endpoints. */
package io.github.multiclientauth.extension.root;
