package io.github.multiclientauth.testbed.provider.oauth;

import java.util.Map;
import java.util.Optional;

/** The result of checking an authorization request. */
sealed interface Judgement {

    record Acceptable(AuthorizationRequest request) implements Judgement {}

    /**
     * @param app empty if it is not registered
     * @param returnAddress empty if the address in the request must not be used
     */
    record Faulty(
            AuthorizationFault fault,
            Optional<RegisteredApp> app,
            Optional<ReturnAddress> returnAddress,
            Map<String, String> parameters)
            implements Judgement {}
}
