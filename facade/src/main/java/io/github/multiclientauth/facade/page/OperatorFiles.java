package io.github.multiclientauth.facade.page;

import io.github.multiclientauth.facade.config.FacadeConfig;
import io.quarkus.qute.TemplateLocator;
import io.quarkus.qute.Variant;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The operator's own templates, style sheet and texts, from the directory {@code mca.pages.directory}. They replace the
 * built-in ones and are read once, at start.
 */
@Singleton
final class OperatorFiles implements TemplateLocator {

    static final String STYLE = "style.css";

    /** The files of an operator who has none. */
    static final OperatorFiles NONE = new OperatorFiles(Optional.empty());

    private static final Set<String> TEMPLATES =
            Set.of("layout.html", "sign-in.html", "sign-out.html", "sessions.html", "problem.html");
    private static final Pattern TEXTS = Pattern.compile("texts(?:_([A-Za-z0-9_-]+))?\\.properties");

    private final Map<String, String> contents;

    @Inject
    OperatorFiles(FacadeConfig config) {
        this(config.pages().directory());
    }

    /** @throws UnusablePagesException if the directory does not exist, or has a file for a page that does not exist */
    OperatorFiles(Optional<Path> directory) {
        this.contents = directory.map(OperatorFiles::read).orElseGet(Map::of);
    }

    static String textsOf(Locale locale) {
        return nameOf("texts", locale);
    }

    /** The name of the file with a bundle of texts in a language other than English. */
    static String nameOf(String bundle, Locale locale) {
        return bundle + "_" + locale.toLanguageTag().replace('-', '_') + ".properties";
    }

    boolean isEmpty() {
        return contents.isEmpty();
    }

    Optional<String> content(String name) {
        return Optional.ofNullable(contents.get(name));
    }

    /** The languages that the operator has files for, except English. */
    List<Locale> languages() {
        return contents.keySet().stream()
                .map(TEXTS::matcher)
                .filter(Matcher::matches)
                .filter(name -> name.group(1) != null)
                .map(name -> locale(name.group(), name.group(1)))
                .toList();
    }

    /** Qute asks this locator before its own. */
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 1;
    }

    @Override
    public Optional<TemplateLocation> locate(String id) {
        String name = id.endsWith(".html") ? id : id + ".html";
        return content(name).map(Location::new);
    }

    private record Location(String content) implements TemplateLocation {
        @Override
        public Reader read() {
            return new StringReader(content);
        }

        /** Makes Qute escape values for HTML. */
        @Override
        public Optional<Variant> getVariant() {
            return Optional.of(Variant.forContentType(Variant.TEXT_HTML));
        }
    }

    private static Map<String, String> read(Path directory) {
        Map<String, String> contents = new HashMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (isPage(name)) {
                    contents.put(name, Files.readString(file, StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UnusablePagesException(directory.toString(), "cannot be read: " + e);
        }
        return contents;
    }

    /** Whether a file belongs to a page. A name that looks like a typing error fails; other files are ignored. */
    private static boolean isPage(String name) {
        Matcher texts = TEXTS.matcher(name);
        if (texts.matches()) {
            if (texts.group(1) != null && !name.equals(textsOf(locale(name, texts.group(1))))) {
                throw new UnusablePagesException(name, "should be " + textsOf(locale(name, texts.group(1))));
            }
            return true;
        }
        if (TEMPLATES.contains(name) || name.equals(STYLE)) {
            return true;
        }
        if (name.endsWith(".html") || name.endsWith(".css") || name.endsWith(".properties")) {
            throw new UnusablePagesException(
                    name,
                    "no page has this file; the pages are " + String.join(", ", new java.util.TreeSet<>(TEMPLATES))
                            + ", " + STYLE + " and texts_<language>.properties");
        }
        return false;
    }

    private static Locale locale(String file, String tag) {
        try {
            return new Locale.Builder().setLanguageTag(tag.replace('_', '-')).build();
        } catch (IllformedLocaleException e) {
            throw new UnusablePagesException(file, "\"" + tag + "\" is not a language tag, such as fr or pt_BR");
        }
    }
}
