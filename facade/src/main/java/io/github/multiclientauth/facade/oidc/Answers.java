package io.github.multiclientauth.facade.oidc;

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
     * Parses an answer.
     *
     * @param otherwise the message if the answer is invalid. The parser's own message may quote the answer, and with it
     *     tokens
     */
    static <T> T read(Parsing<T> parsing, String otherwise) throws ParseException, IOException {
        try {
            return parsing.parse();
        } catch (ParseException | RuntimeException | StackOverflowError e) {
            throw new ParseException(otherwise);
        }
    }
}
