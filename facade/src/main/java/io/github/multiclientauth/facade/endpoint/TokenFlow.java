package io.github.multiclientauth.facade.endpoint;

import io.github.multiclientauth.facade.oidc.DpopProofs;
import io.github.multiclientauth.facade.session.AccessTokens;
import java.time.Clock;

/**
 * What {@code /api/auth/token} needs beside the sessions.
 *
 * @param clock Keycloak's
 */
public record TokenFlow(AccessTokens tokens, ServerAuthentication servers, DpopProofs proofs, Clock clock) {}
