package io.github.multiclientauth.extension.broker;

import io.github.multiclientauth.extension.EmailAddress;
import io.github.multiclientauth.extension.application.Application;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.keycloak.broker.provider.AbstractIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/**
 * What a provider may change in an existing account at a sign-in. In sync mode "force" Keycloak writes everything that
 * the provider says, and fails if another account has the address or the user name. The person could not sign in with
 * that provider any more. Here the account keeps what it has.
 */
record AccountTerms(Application application, IdentityProviderModel provider) {

    /**
     * Runs before Keycloak looks for the account. Up to 26.2 it writes the address without calling the provider's
     * class.
     *
     * @return what the account has; empty if the provider's person has none
     */
    Optional<Before> recognize(BrokeredIdentityContext identity) {
        leaveOutUnstorable(identity);
        Optional<UserModel> known = account(identity);
        known.ifPresent(account -> {
            keepAddress(account, identity);
            keepNames(account, identity);
        });
        return known.map(Before::of);
    }

    private Optional<UserModel> account(BrokeredIdentityContext identity) {
        return Optional.ofNullable(users().getUserByFederatedIdentity(
                                realm(),
                                new FederatedIdentityModel(
                                        provider.getAlias(), identity.getId(), identity.getUsername())))
                // A person who is signed in and links a provider.
                .or(() -> Optional.ofNullable(application.signIn().getAuthenticatedUser()));
    }

    /**
     * Runs before Keycloak changes the account. By now it has written the names, and up to 26.2 the address. Those may be
     * a mapper's, which no one has looked at.
     *
     * @param recognized the account as it was at {@link #recognize}
     * @return what the account had; empty for a new one
     */
    Optional<Before> update(UserModel account, Optional<Before> recognized, BrokeredIdentityContext identity) {
        if (isNewAccount()) {
            return Optional.empty();
        }
        Before before = recognized
                .filter(known -> known.account().getId().equals(account.getId()))
                .map(known -> new Before(account, known.attributes(), known.emailVerified()))
                .orElseGet(() -> Before.of(account));
        restore(before);
        leaveOutUnstorable(identity);
        keepAddress(account, identity);
        String name = identity.getModelUsername();
        if (name != null && !isUserNameFor(account, name)) {
            identity.setModelUsername(account.getUsername());
            BrokerLog.LOG.userNameKept(account.getId(), realm().getName(), provider.getAlias());
        }
        return Optional.of(before);
    }

    /** An account as it was before the sign-in changed it. */
    record Before(UserModel account, Map<String, List<String>> attributes, boolean emailVerified) {

        static Before of(UserModel account) {
            return new Before(account, Map.copyOf(account.getAttributes()), account.isEmailVerified());
        }

        /** The values that have been written since, by the names of their attributes. */
        Map<String, List<String>> written() {
            Map<String, List<String>> written = new HashMap<>(account.getAttributes());
            written.entrySet()
                    .removeIf(each -> each.getValue().equals(attributes.get(each.getKey()))
                            || each.getValue().stream().allMatch(Objects::isNull));
            return written;
        }

        void giveBack(String name) {
            write(name, attributes.getOrDefault(name, List.of()));
            if (name.equals(UserModel.EMAIL)) {
                account.setEmailVerified(emailVerified);
            }
        }

        void write(String name, List<String> values) {
            String first = values.isEmpty() ? null : values.get(0);
            switch (name) {
                case UserModel.USERNAME -> account.setUsername(first);
                case UserModel.EMAIL -> account.setEmail(first);
                case UserModel.FIRST_NAME -> account.setFirstName(first);
                case UserModel.LAST_NAME -> account.setLastName(first);
                default -> {
                    if (values.isEmpty()) {
                        account.removeAttribute(name);
                    } else {
                        account.setAttribute(name, values);
                    }
                }
            }
        }
    }

    /** Gives an account back what has been replaced by values that are refused. */
    void restore(Before before) {
        Map<String, List<String>> written = before.written();
        if (written.isEmpty()) {
            return;
        }
        boolean emailVerified = before.account().isEmailVerified();
        // At the next query Keycloak would write them, and the database would end the sign-in.
        written.keySet().stream().filter(RefusedValues.COLUMNS::contains).forEach(before::giveBack);
        Set<String> refused = new RefusedValues(application.session()).ofAccount(written);
        written.forEach((name, values) -> {
            if (refused.contains(name) || !isFor(before.account(), name, values.get(0))) {
                refused.add(name);
                before.giveBack(name);
            } else if (RefusedValues.COLUMNS.contains(name)) {
                before.write(name, values);
            }
        });
        if (written.containsKey(UserModel.EMAIL) && !refused.contains(UserModel.EMAIL)) {
            before.account().setEmailVerified(emailVerified);
        }
        report(refused, before.account());
    }

    private boolean isFor(UserModel account, String name, String value) {
        return switch (name) {
            case UserModel.USERNAME -> isUserNameFor(account, value);
            case UserModel.EMAIL ->
                EmailAddress.of(value)
                        .filter(address -> address.isKeptByKeycloak() && !isTaken(account, address))
                        .isPresent();
            default -> true;
        };
    }

    private boolean isUserNameFor(UserModel account, String name) {
        return RefusedValues.isStorable(UserModel.USERNAME, name)
                && !isOfAnother(account, users().getUserByUsername(realm(), name));
    }

    private void report(Set<String> refused, UserModel account) {
        new RefusedValues(application.session())
                .report(refused, realm().getName(), provider.getAlias(), "user " + account.getId());
    }

    /** What the database refuses for any account. */
    private void leaveOutUnstorable(BrokeredIdentityContext identity) {
        Set<String> left = new TreeSet<>();
        leaveOut(left, UserModel.EMAIL, identity.getEmail(), identity::setEmail);
        leaveOut(left, UserModel.USERNAME, identity.getUsername(), identity::setUsername);
        leaveOut(left, UserModel.FIRST_NAME, identity.getFirstName(), identity::setFirstName);
        leaveOut(left, UserModel.LAST_NAME, identity.getLastName(), identity::setLastName);
        new RefusedValues(application.session())
                .report(left, realm().getName(), provider.getAlias(), "the person who signs in");
    }

    private static void leaveOut(Set<String> left, String name, String value, Consumer<String> setter) {
        if (value != null && !RefusedValues.isStorable(name, value)) {
            setter.accept(null);
            left.add(name);
        }
    }

    /** Where there is nothing to store, or nothing that may be stored, Keycloak writes the account's own name again. */
    private void keepNames(UserModel account, BrokeredIdentityContext identity) {
        Map<String, List<String>> names = new HashMap<>();
        put(names, UserModel.FIRST_NAME, identity.getFirstName(), account.getFirstName());
        put(names, UserModel.LAST_NAME, identity.getLastName(), account.getLastName());
        Set<String> refused = names.isEmpty() ? Set.of() : new RefusedValues(application.session()).ofAccount(names);
        if (identity.getFirstName() == null || refused.contains(UserModel.FIRST_NAME)) {
            identity.setFirstName(account.getFirstName());
        }
        if (identity.getLastName() == null || refused.contains(UserModel.LAST_NAME)) {
            identity.setLastName(account.getLastName());
        }
        report(refused, account);
    }

    private static void put(Map<String, List<String>> names, String name, String said, String had) {
        if (said != null && !said.equals(had)) {
            names.put(name, List.of(said));
        }
    }

    /**
     * Runs after the account is created. An address that Keycloak has changed is not the one that the provider has
     * verified.
     */
    void finish(BrokeredIdentityContext identity) {
        if (isNewAccount()
                && EmailAddress.of(identity.getEmail())
                        .filter(address -> !address.isKeptByKeycloak())
                        .isPresent()) {
            application.signIn().getAuthenticatedUser().setEmailVerified(false);
        }
    }

    private boolean isNewAccount() {
        return Boolean.parseBoolean(
                application.signIn().getAuthNote(AbstractIdentityProvider.BROKER_REGISTERED_NEW_USER));
    }

    private void keepAddress(UserModel account, BrokeredIdentityContext identity) {
        if (identity.getIdpConfig().getSyncMode() == IdentityProviderSyncMode.FORCE
                && EmailAddress.of(identity.getEmail())
                        .filter(address -> !address.isSameAs(account.getEmail()))
                        .filter(address ->
                                !address.isKeptByKeycloak() || isTaken(account, address) || isRefused(address))
                        .isPresent()) {
            // Without an address from the provider, Keycloak changes neither the account's address nor its
            // verification.
            identity.setEmail(null);
            BrokerLog.LOG.addressKept(account.getId(), realm().getName(), provider.getAlias());
        }
    }

    private boolean isTaken(UserModel account, EmailAddress address) {
        return !realm().isDuplicateEmailsAllowed()
                && isOfAnother(account, users().getUserByEmail(realm(), address.text()));
    }

    private boolean isRefused(EmailAddress address) {
        return !new RefusedValues(application.session())
                .ofAccount(Map.of(UserModel.EMAIL, List.of(address.text())))
                .isEmpty();
    }

    private static boolean isOfAnother(UserModel account, UserModel found) {
        return found != null && !found.getId().equals(account.getId());
    }

    private UserProvider users() {
        return application.session().users();
    }

    private RealmModel realm() {
        return application.realm();
    }
}
