package io.github.multiclientauth.facade.oidc;

import com.nimbusds.oauth2.sdk.ParseException;
import java.io.IOException;

/**
 * Reads answers with Nimbus' SDK. Some of what it does not expect in them, an empty refresh token for example, it reports with an
 * exception that means a mistake of the program; about an answer it is one of the sender's.
 */
final class Answers {

    private Answers() {}

    /** A parser of an answer. */
    @FunctionalInterface
    interface Parsing<T> {
        T parse() throws ParseException, IOException;
    }

    /**
     * What a parser makes of an answer.
     *
     * @param otherwise the message if it can make nothing of it: the parser's own may repeat parts of the answer, and those may
     *     be tokens
     */
    static <T> T read(Parsing<T> parsing, String otherwise) throws ParseException, IOException {
        try {
            return parsing.parse();
        } catch (ParseException | RuntimeException | StackOverflowError e) {
            throw new ParseException(otherwise);
        }
    }
}
