/** The command that prepares an existing realm. Each step can be planned, applied and undone. */
package io.github.multiclientauth.adopt;
