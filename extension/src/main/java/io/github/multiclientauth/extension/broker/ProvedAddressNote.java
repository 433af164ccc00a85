package io.github.multiclientauth.extension.broker;

import io.github.multiclientauth.extension.EmailAddress;
import java.util.Optional;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The e-mail address that somebody has proved on the way to a new account. Kept until the end of the sign-in, since Keycloak marks the
 * address of every new account once more, by its own setting "Trust email", after the account is made.
 */
public final class ProvedAddressNote {

    private static final String NOTE = "mca.proved-address";

    private ProvedAddressNote() {}

    public static void write(AuthenticationSessionModel signIn, EmailAddress address) {
        signIn.setAuthNote(NOTE, address.text());
    }

    /** Marks the address of the account as verified, if it is the one that was proved. */
    public static void apply(AuthenticationSessionModel signIn) {
        UserModel account = signIn.getAuthenticatedUser();
        Optional.ofNullable(account)
                .flatMap(some -> EmailAddress.of(signIn.getAuthNote(NOTE)))
                .filter(address -> address.isSameAs(account.getEmail()))
                .filter(address -> !account.isEmailVerified())
                .ifPresent(address -> account.setEmailVerified(true));
    }
}
