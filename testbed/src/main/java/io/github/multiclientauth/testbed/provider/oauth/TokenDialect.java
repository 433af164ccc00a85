package io.github.multiclientauth.testbed.provider.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.provider.Person;
import java.util.Set;

/** The parts of the token endpoint that differ between providers. */
public interface TokenDialect {

    Set<ClientAuthentication> clientAuthentication();

    /** Whether the body may be JSON, which no RFC allows. */
    default boolean takesJson() {
        return false;
    }

    /** Whether the grant type may be missing. */
    default boolean assumesCode() {
        return false;
    }

    /** Whether the redirect URI may be missing, contrary to RFC 6749, section 4.1.3. */
    default boolean assumesRedirect() {
        return false;
    }

    /** Whether the answer to a request with this {@code Accept} header is JSON. Otherwise it is a form. */
    default boolean answersInJson(String accept) {
        return true;
    }

    Reply refusal(TokenFault fault);

    Reply granted(Issued issued);

    /**
     * The claims of the ID token except those that {@link IdTokens} adds. It is called only if the provider has ID tokens and the scope
     * {@code openid} was granted.
     */
    default ObjectNode idTokenClaims(Grant grant, Person person) {
        throw new UnsupportedOperationException("There are no ID tokens here");
    }
}
