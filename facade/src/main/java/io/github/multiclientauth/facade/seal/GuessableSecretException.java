package io.github.multiclientauth.facade.seal;

/** The facade must not start. An attacker who guesses the master secret can sign in as any user at any application. */
public final class GuessableSecretException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    GuessableSecretException(String variable, String why) {
        super(variable + " " + why
                + ". Set it to at least 32 random bytes, for example the output of: openssl rand -base64 33");
    }
}
