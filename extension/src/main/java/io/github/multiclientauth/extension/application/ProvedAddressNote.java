package io.github.multiclientauth.extension.application;

import io.github.multiclientauth.extension.EmailAddress;
import java.util.Optional;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keeps the e-mail address that a person has proved while a new account is created for them. It is applied at the end
 * of the sign-in, since Keycloak sets the verification of every new account once more, by its own setting "Trust
 * email", after it has created the account.
 */
public final class ProvedAddressNote {

    private static final String NOTE = "mca.proved-address";

    private ProvedAddressNote() {}

    /** Notes the address. */
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
