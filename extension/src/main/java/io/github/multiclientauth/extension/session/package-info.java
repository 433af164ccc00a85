/**
 * Whether sessions are alive, what their ID tokens would say now, and their access tokens:
 * {@code /realms/{realm}/multi-client-auth/sessions}. Its format is described in {@code docs/reference/sessions.md}.
 */
package io.github.multiclientauth.extension.session;
