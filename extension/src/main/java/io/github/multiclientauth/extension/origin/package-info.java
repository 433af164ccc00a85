/**
 * The first step of the browser flow: from which origin a person signs in, whether that origin belongs to the client, and
 * whether the requested identity provider is asked.
 */
package io.github.multiclientauth.extension.origin;
