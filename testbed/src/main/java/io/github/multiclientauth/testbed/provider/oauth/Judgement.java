package io.github.multiclientauth.testbed.provider.oauth;

import java.util.Map;
import java.util.Optional;

/** What comes of an authorization request. */
sealed interface Judgement {

    record Acceptable(AuthorizationRequest request) implements Judgement {}

    /**
     * @param app empty if nobody knows it
     * @param returnAddress empty if nothing may be sent to the one in the request
     */
    record Faulty(
            AuthorizationFault fault,
            Optional<RegisteredApp> app,
            Optional<ReturnAddress> returnAddress,
            Map<String, String> parameters)
            implements Judgement {}
}
