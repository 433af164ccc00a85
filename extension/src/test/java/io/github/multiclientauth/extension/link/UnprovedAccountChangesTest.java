package io.github.multiclientauth.extension.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.EmailAddress;
import io.github.multiclientauth.extension.Fake;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.storage.ReadOnlyException;

/** Accounts of user storages: their address is the storage's word, and their sessions, which no fake here has, are left alone. */
class UnprovedAccountChangesTest {

    private static final EmailAddress ADDRESS = new EmailAddress("ada@example.com");

    private final Map<String, Object> account = new HashMap<>(Map.of("email", "Ada@example.com", "username", "ada"));

    @Test
    void an_account_that_cannot_be_changed_keeps_its_address() {
        UserModel readOnly = user().doing("setEmail", arguments -> {
                    throw new ReadOnlyException("The storage only reads");
                })
                .build();

        assertThat(changes(null).takeAddress(readOnly, ADDRESS)).isFalse();
        assertThat(account).containsEntry("email", "Ada@example.com");
    }

    @Test
    void an_account_keeps_the_address_if_its_storage_still_finds_it_by_that() {
        UserModel insisted = user().doing("setEmail", arguments -> account.put("email", arguments[0]))
                .doing("setEmailVerified", arguments -> account.put("emailVerified", arguments[0]))
                .build();

        assertThat(changes(insisted).takeAddress(insisted, ADDRESS)).isFalse();
        assertThat(account).containsEntry("email", "ada@example.com");
    }

    /** Keycloak could change it there, and the directory's other users would miss it. */
    @Test
    void an_account_of_a_writable_user_storage_is_not_changed() {
        UserModel federated = user().answering("getFederationLink", "ldap").build();

        assertThat(changes(null).takeAddress(federated, ADDRESS)).isFalse();
    }

    @Test
    void an_account_of_a_user_storage_without_import_is_not_changed() {
        UserModel stored = user().answering("getId", "f:storage:ada").build();

        assertThat(changes(null).takeAddress(stored, ADDRESS)).isFalse();
    }

    private Fake<UserModel> user() {
        return Fake.of(UserModel.class)
                .answering("getId", "1")
                .answering("getFederationLink", null)
                .doing("getEmail", arguments -> account.get("email"))
                .doing("getUsername", arguments -> account.get("username"));
    }

    private static UnprovedAccountChanges changes(UserModel found) {
        UserProvider users =
                Fake.of(UserProvider.class).answering("getUserByEmail", found).build();
        return new UnprovedAccountChanges(
                Fake.of(KeycloakSession.class).answering("users", users).build(),
                Fake.of(RealmModel.class)
                        .answering("isDuplicateEmailsAllowed", false)
                        .build());
    }
}
