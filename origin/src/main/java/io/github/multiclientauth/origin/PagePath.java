package io.github.multiclientauth.origin;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The path of a page of an application, with or without a query.
 *
 * <p>No second slash or backslash, which would begin another host, no fragment, and none of the facade's addresses, which
 * would lead in a circle.
 *
 * @param value begins with one slash, is at most 500 characters long, and leads neither to another host nor to the facade
 */
public record PagePath(String value) {

    private static final Pattern PATH =
            Pattern.compile("/(?![/\\\\])(?!api/auth(?:[/?]|$))[^\\s\\p{Cntrl}\\p{Cs}\\\\#]{0,499}");

    public PagePath {
        Objects.requireNonNull(value, "value");
        if (!PATH.matcher(value).matches()) {
            throw new IllegalArgumentException("Not a path of a page");
        }
    }

    /** Empty if the text is no such path. */
    public static Optional<PagePath> parse(String text) {
        return Optional.ofNullable(text)
                .filter(path -> PATH.matcher(path).matches())
                .map(PagePath::new);
    }
}
