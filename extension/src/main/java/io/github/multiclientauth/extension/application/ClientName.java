package io.github.multiclientauth.extension.application;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;

/** The name of a client for people. {@code ${shop_name}} is the key of a translation, as on Keycloak's own pages. */
public final class ClientName {

    private static final String BEGIN = "${";
    private static final String END = "}";

    private ClientName() {}

    /**
     * Resolves a name with the realm's localization texts and its login theme.
     *
     * @param name as entered; may be null
     * @return the name itself if it is no key; the key if it has no translation, as Keycloak does
     */
    public static String of(KeycloakSession session, RealmModel realm, String name, Locale locale) {
        return isKey(name) ? of(name, messages(session, realm, locale), locale) : name;
    }

    /** The same in the realm's default language, where nobody's is known. */
    public static String of(KeycloakSession session, RealmModel realm, String name) {
        return of(session, realm, name, language(realm));
    }

    static boolean isKey(String name) {
        return name != null && name.startsWith(BEGIN) && name.endsWith(END);
    }

    static String of(String name, Properties messages, Locale locale) {
        String key = name.substring(BEGIN.length(), name.length() - END.length());
        return new MessageFormat(messages.getProperty(key, key), locale).format(new Object[0]);
    }

    private static Properties messages(KeycloakSession session, RealmModel realm, Locale locale) {
        try {
            return session.theme().getTheme(Theme.Type.LOGIN).getEnhancedMessages(realm, locale);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Locale language(RealmModel realm) {
        String tag = realm.isInternationalizationEnabled() ? realm.getDefaultLocale() : null;
        return tag == null || tag.isBlank() ? Locale.ENGLISH : Locale.forLanguageTag(tag);
    }
}
