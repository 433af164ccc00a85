package io.github.multiclientauth.testbed.provider.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.provider.Person;
import java.util.Set;

/** What is a provider's own about handing out tokens. */
public interface TokenDialect {

    Set<ClientAuthentication> clientAuthentication();

    /** Whether the body may be JSON, which no RFC knows. */
    default boolean takesJson() {
        return false;
    }

    /** Whether the grant type may be left out. */
    default boolean assumesCode() {
        return false;
    }

    /** Whether the redirect URI may be left out, against RFC 6749, section 4.1.3. */
    default boolean assumesRedirect() {
        return false;
    }

    /** Whether an answer is JSON for those who send this header {@code Accept}; otherwise it is a form. */
    default boolean answersInJson(String accept) {
        return true;
    }

    Reply refusal(TokenFault fault);

    Reply granted(Issued issued);

    /**
     * The claims of the ID token except those that {@link IdTokens} adds; asked for only where the provider has ID tokens
     * and the scope {@code openid} was granted.
     */
    default ObjectNode idTokenClaims(Grant grant, Person person) {
        throw new UnsupportedOperationException("There are no ID tokens here");
    }
}
