/**
 * Whether sessions are alive, and what their ID tokens would say now:
 * {@code /realms/{realm}/multi-client-auth/sessions}. Its format is described in {@code docs/reference/sessions.md}.
 */
package io.github.multiclientauth.extension.session;
