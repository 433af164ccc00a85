package io.github.multiclientauth.testbed.web;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the pages and files in the package of a class. Values in a page are escaped. */
public final class Pages {

    private static final Engine ENGINE = Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
            .build();

    private Pages() {}

    /** The HTML template {@code file} in the package of {@code neighbour}. */
    public static Template template(Class<?> neighbour, String file) {
        return ENGINE.parse(text(neighbour, file), Variant.forContentType(Variant.TEXT_HTML));
    }

    /** The text of {@code file} in the package of {@code neighbour}. */
    public static String text(Class<?> neighbour, String file) {
        try (InputStream stream = neighbour.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " is not on the class path beside " + neighbour.getName());
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
