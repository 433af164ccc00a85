/**
 * The first step of the browser flow: from which origin a person signs in, whether that origin belongs to the client, and whether the person
 * is sent to the identity provider that the application asks for.
 */
package io.github.multiclientauth.extension.origin;
