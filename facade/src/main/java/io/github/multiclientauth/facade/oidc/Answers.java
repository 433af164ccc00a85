package io.github.multiclientauth.facade.oidc;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.nimbusds.oauth2.sdk.ParseException;
import java.io.IOException;

/**
 * Parses answers with Nimbus' SDK. Some invalid answers, for example an empty refresh token, make it throw a runtime
 * exception. That is the sender's mistake, not a bug of the facade.
 */
final class Answers {

    private Answers() {}

    /** A parser of an answer. */
    @FunctionalInterface
    interface Parsing<T> {
        T parse() throws ParseException, IOException;
    }

    /**
     * Parses an answer. One with a member twice is refused, since another reader may take the other one (RFC 6749, section
     * 3.2). The SDK takes the last.
     *
     * @param body what is parsed; null if there is none
     * @param otherwise the message if the answer is invalid. The parser's own message may quote the answer, and with it
     *     tokens
     */
    static <T> T read(String body, Parsing<T> parsing, String otherwise) throws ParseException, IOException {
        try {
            if (hasMemberTwice(body)) {
                throw new ParseException(otherwise);
            }
            return parsing.parse();
        } catch (ParseException | RuntimeException | StackOverflowError e) {
            throw new ParseException(otherwise);
        }
    }

    private static boolean hasMemberTwice(String body) {
        try {
            ExtensionAnswers.JSON.readTree(body == null ? "" : body);
            return false;
        } catch (MismatchedInputException e) {
            return true;
        } catch (IOException e) {
            // No JSON: the parser says what is wrong, or reads it in another way.
            return false;
        }
    }
}
