package io.github.multiclientauth.testbed.provider.oauth;

import io.github.multiclientauth.testbed.provider.Person;
import java.util.Map;

/** What is a provider's own about asking a person. */
public interface ConsentDialect {

    AuthorizationPolicy policy();

    Refusal refusal(AuthorizationFault fault, Map<String, String> parameters);

    /** Whether the page offers {@code person} for a request with these parameters. */
    default boolean offers(Person person, Map<String, String> parameters) {
        return true;
    }

    /** What the page says about the account. */
    String remark(Person person);

    /** What the app is told when the person does not want to. */
    Map<String, String> denied();

    /** What the app is told when the provider itself has failed. */
    default Map<String, String> failed() {
        return Map.of("error", "server_error", "error_description", "The provider could not complete the request.");
    }

    /** What the app is told with the code, beside the code and the state. */
    default Map<String, String> agreed(AuthorizationRequest request, Person person) {
        return Map.of();
    }

    /** The fragment of the address that a code is sent to, {@code #} included. */
    default String fragment() {
        return "";
    }
}
