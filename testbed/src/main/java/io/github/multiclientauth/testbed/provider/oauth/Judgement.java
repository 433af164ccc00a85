package io.github.multiclientauth.testbed.provider.oauth;

import java.util.Map;
import java.util.Optional;

/** What comes of an authorization request. */
sealed interface Judgement {

    record Acceptable(AuthorizationRequest request) implements Judgement {}

    /** @param returnAddress empty unless it has been checked */
    record Faulty(AuthorizationFault fault, Optional<ReturnAddress> returnAddress, Map<String, String> parameters)
            implements Judgement {}
}
