package io.github.multiclientauth.extension.broker;

import io.github.multiclientauth.extension.Printable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.storage.ReadOnlyException;
import org.keycloak.userprofile.Attributes;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.userprofile.UserProfileProvider;

/**
 * The values from a provider that an account must not get, since the realm's user profile or Keycloak's database refuses
 * them. Keycloak stores what a provider says without looking. Then either the database ends the sign-in, or the person
 * has to correct a field that is disabled, and never gets any further.
 */
public record RefusedValues(KeycloakSession session) {

    /** Where our realm file and {@code adopt} keep the address of the picture. */
    private static final String PICTURE = "picture";

    private static final Pattern DATA_URL = Pattern.compile("\\s*data:", Pattern.CASE_INSENSITIVE);

    /** The columns of Keycloak's database for names and addresses, in characters. */
    private static final int COLUMN = 255;

    /** What Keycloak keeps in columns of its own, and not among the attributes. */
    static final Set<String> COLUMNS =
            Set.of(UserModel.USERNAME, UserModel.EMAIL, UserModel.FIRST_NAME, UserModel.LAST_NAME);

    /**
     * The attributes of a new account that it must not get. A value that the person can correct is left to Keycloak's page.
     *
     * @param attributes with the names and the address, by the names that the user profile has for them
     */
    public Set<String> ofNewcomer(Map<String, List<String>> attributes) {
        return refused(attributes, true);
    }

    /** The attributes that an account keeps as they were. Otherwise its person would correct them at each sign-in. */
    Set<String> ofAccount(Map<String, List<String>> attributes) {
        return refused(attributes, false);
    }

    @SuppressWarnings("unchecked") // Keycloak takes listeners as an array of a generic type. There are none.
    private Set<String> refused(Map<String, List<String>> attributes, boolean correctable) {
        Attributes profile = session.getProvider(UserProfileProvider.class)
                .create(UserProfileContext.IDP_REVIEW, attributes)
                .getAttributes();
        Set<String> refused = new TreeSet<>();
        attributes.forEach((name, values) -> {
            if (values.stream().anyMatch(value -> value != null && !isStorable(name, value))
                    || !(correctable && !profile.isReadOnly(name)) && !profile.validate(name)) {
                refused.add(name);
            }
        });
        return refused;
    }

    /**
     * Takes away a picture that the user profile refuses. An earlier version, or an earlier user profile, has let it in,
     * and its person would have to correct a field that is disabled.
     */
    public void dropPicture(UserModel account, String realm) {
        List<String> stored = account.getAttributeStream(PICTURE).toList();
        if (stored.isEmpty() || ofAccount(Map.of(PICTURE, stored)).isEmpty()) {
            return;
        }
        try {
            account.removeAttribute(PICTURE);
            report(Set.of(PICTURE), realm, "an earlier sign-in", "user " + account.getId());
        } catch (ReadOnlyException keptElsewhere) {
            BrokerLog.LOG.debugf(keptElsewhere, "The picture of user %s cannot be removed", account.getId());
        }
    }

    /** Whether the database takes it. A picture inside a {@code data:} URL fits nowhere that an address is needed. */
    static boolean isStorable(String name, String value) {
        return !(COLUMNS.contains(name) && value.length() > COLUMN)
                && !(PICTURE.equals(name) && DATA_URL.matcher(value).lookingAt())
                && value.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }

    /** Says in the log which values are not stored. */
    public void report(Collection<String> names, String realm, String provider, String whose) {
        if (!names.isEmpty()) {
            BrokerLog.LOG.valuesIgnored(realm, names.stream().map(Printable::of).toList(), provider, whose);
        }
    }
}
