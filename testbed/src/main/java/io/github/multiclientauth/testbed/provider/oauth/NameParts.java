package io.github.multiclientauth.testbed.provider.oauth;

import java.util.Optional;

/** A name in two parts, as most providers have it. It is split at the first space. A single word has no family name. */
public record NameParts(String given, Optional<String> family) {

    public static NameParts of(String name) {
        int space = name.indexOf(' ');
        return space < 0
                ? new NameParts(name, Optional.empty())
                : new NameParts(name.substring(0, space), Optional.of(name.substring(space + 1)));
    }
}
