package io.github.multiclientauth.facade.doctor;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two spellings of a setting of the facade: as a property, and as a variable of the environment. */
final class SettingName {

    /** A property that no variable follows yet. The client id in its name may be quoted. */
    private static final Pattern PROPERTY =
            Pattern.compile("\\bmca((?:\\.(?:[a-z0-9-]+|\"[^\"]+\"))+)(?![\\w.*-]* \\(MCA_)(?!\\.?\\*)");

    /** Client ids that can be part of a variable. Upper case would not come back as it was. */
    private static final Pattern PLAIN_ID = Pattern.compile("[a-z0-9]+");

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    private SettingName() {}

    /** A client id as it stands in the name of a property. */
    private static String quoted(String clientId) {
        return PLAIN_ID.matcher(clientId).matches() ? clientId : '"' + clientId + '"';
    }

    /** Adds the variable to each property that the text names. */
    static String inBothSpellings(String text) {
        return PROPERTY.matcher(text).replaceAll(match -> Matcher.quoteReplacement(both(match.group())));
    }

    private static String both(String name) {
        String property = QUOTED.matcher(name).replaceAll(id -> Matcher.quoteReplacement(quoted(id.group(1))));
        return property.contains("\"") ? property : property + " (" + variable(property) + ")";
    }

    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }
}
