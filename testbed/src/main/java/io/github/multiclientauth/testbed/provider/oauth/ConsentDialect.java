package io.github.multiclientauth.testbed.provider.oauth;

import io.github.multiclientauth.testbed.provider.Person;
import java.util.Map;

/** The parts of the consent page that differ between providers. */
public interface ConsentDialect {

    AuthorizationPolicy policy();

    Refusal refusal(AuthorizationFault fault, Map<String, String> parameters);

    /** Whether the page offers {@code person} for a request with these parameters. */
    default boolean offers(Person person, Map<String, String> parameters) {
        return true;
    }

    /** The page's remark about the account. */
    String remark(Person person);

    /** The parameters for the app when the person cancels. */
    Map<String, String> denied();

    /** The parameters for the app when the provider has failed. */
    default Map<String, String> failed() {
        return Map.of("error", "server_error", "error_description", "The provider could not complete the request.");
    }

    /** The parameters that the app gets besides the code and the state. */
    default Map<String, String> agreed(AuthorizationRequest request, Person person) {
        return Map.of();
    }

    /** The fragment of the address that gets the code, including {@code #}. */
    default String fragment() {
        return "";
    }
}
