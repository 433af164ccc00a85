package io.github.multiclientauth.facade.seal;

/** The facade must not start: whoever guesses the master secret can sign in as anybody, anywhere. */
public final class GuessableSecretException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    GuessableSecretException(String variable, String why) {
        super(variable + " " + why
                + ". Set it to at least 32 random bytes, for example the output of: openssl rand -base64 33");
    }
}
