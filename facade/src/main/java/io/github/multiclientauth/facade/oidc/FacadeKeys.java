package io.github.multiclientauth.facade.oidc;

import java.util.Optional;

/** The facade's own keys, if the operator wants some. */
public record FacadeKeys(Optional<ClientKeys> keys) {}
