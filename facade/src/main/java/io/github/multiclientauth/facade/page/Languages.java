package io.github.multiclientauth.facade.page;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** The languages of the pages: English, German, and those that the operator adds. */
final class Languages {

    /** In characters. Browsers send far fewer, and a longer header is ignored. */
    private static final int MAX_HEADER = 200;

    private static final Locale DEFAULT = Locale.ENGLISH;
    private static final List<Locale> BUILT_IN = List.of(DEFAULT, Locale.GERMAN);

    private final Map<Locale, Texts> texts = new LinkedHashMap<>();

    /** @throws UnusablePagesException naming the operator's file and what is wrong with it */
    Languages(OperatorFiles files) {
        this(files, "texts");
    }

    /** The built-in languages of the status page, whose texts no operator replaces. */
    static Languages ofStatus() {
        return new Languages(OperatorFiles.NONE, "status");
    }

    private Languages(OperatorFiles files, String bundle) {
        String inEnglish = bundle + ".properties";
        Map<String, String> english = merged(parse(Resources.read(inEnglish)), files, inEnglish);
        texts.put(DEFAULT, new Texts(DEFAULT, english));
        Set<Locale> locales = new TreeSet<>((one, other) -> one.toLanguageTag().compareTo(other.toLanguageTag()));
        locales.addAll(BUILT_IN);
        locales.addAll(files.languages());
        for (Locale locale : locales) {
            if (!locale.equals(DEFAULT)) {
                // English stands in for a text that the operator's language lacks.
                Map<String, String> words = new HashMap<>(english);
                String name = OperatorFiles.nameOf(bundle, locale);
                if (BUILT_IN.contains(locale)) {
                    words.putAll(parse(Resources.read(name)));
                }
                texts.put(locale, new Texts(locale, merged(words, files, name)));
            }
        }
    }

    /**
     * The best language for an {@code Accept-Language} header. English if there is no header, or it is malformed.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc4647#section-3.4">RFC 4647, section 3.4</a>
     */
    Texts best(String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.length() > MAX_HEADER) {
            return texts.get(DEFAULT);
        }
        try {
            Locale best = Locale.lookup(Locale.LanguageRange.parse(acceptLanguage), texts.keySet());
            return texts.get(best == null ? DEFAULT : best);
        } catch (IllegalArgumentException e) {
            return texts.get(DEFAULT);
        }
    }

    /** The texts of all languages. */
    Iterable<Texts> all() {
        return texts.values();
    }

    private static Map<String, String> merged(Map<String, String> words, OperatorFiles files, String name) {
        Map<String, String> merged = new HashMap<>(words);
        files.content(name).map(Languages::parse).ifPresent(own -> {
            for (String key : new TreeSet<>(own.keySet())) {
                if (!words.containsKey(key)) {
                    throw new UnusablePagesException(name, "there is no text called " + key);
                }
            }
            merged.putAll(own);
        });
        return merged;
    }

    private static Map<String, String> parse(String content) {
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(content));
            Map<String, String> words = new HashMap<>();
            properties.stringPropertyNames().forEach(key -> words.put(key, properties.getProperty(key)));
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
