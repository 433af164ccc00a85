package io.github.multiclientauth.facade.oidc;

import java.util.Optional;

/** The facade's own keys, if the operator has configured any. */
public record FacadeKeys(Optional<ClientKeys> keys) {}
