package io.github.multiclientauth.extension.broker;

import io.github.multiclientauth.extension.EmailAddress;
import io.github.multiclientauth.extension.application.Application;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** Rules of their own hold for these, before Keycloak changes the account. */
    private static final Set<String> NOT_RESTORED = Set.of(UserModel.USERNAME, UserModel.EMAIL);

    /**
     * Runs before Keycloak looks for the account. Up to 26.2 it writes the address without calling the provider's
     * class.
     */
    void recognize(BrokeredIdentityContext identity) {
        leaveOutUnstorable(identity);
        account(identity).ifPresent(account -> {
            keepAddress(account, identity);
            keepNames(account, identity);
        });
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
     * Runs before Keycloak changes the account.
     *
     * @return what the account had; empty for a new one
     */
    Optional<Before> update(UserModel account, BrokeredIdentityContext identity) {
        if (isNewAccount()) {
            return Optional.empty();
        }
        keepAddress(account, identity);
        keepNames(account, identity);
        String name = identity.getModelUsername();
        if (name != null
                && (!RefusedValues.isStorable(UserModel.USERNAME, name)
                        || isOfAnother(account, users().getUserByUsername(realm(), name)))) {
            identity.setModelUsername(account.getUsername());
            BrokerLog.LOG.userNameKept(account.getId(), realm().getName(), provider.getAlias());
        }
        return Optional.of(new Before(account, Map.copyOf(account.getAttributes())));
    }

    /** An account and its attributes before the provider's mappers changed them. */
    record Before(UserModel account, Map<String, List<String>> attributes) {}

    /** Gives an account back what mappers have replaced by values that are refused. */
    void restore(Before before) {
        Map<String, List<String>> changed = new HashMap<>(before.account().getAttributes());
        changed.keySet().removeAll(NOT_RESTORED);
        changed.entrySet()
                .removeIf(each -> each.getValue().equals(before.attributes().get(each.getKey())));
        if (changed.isEmpty()) {
            return;
        }
        Set<String> refused = new RefusedValues(application.session()).ofAccount(changed);
        refused.forEach(name -> {
            List<String> old = before.attributes().get(name);
            if (old == null) {
                before.account().removeAttribute(name);
            } else {
                before.account().setAttribute(name, old);
            }
        });
        report(refused, before.account());
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
