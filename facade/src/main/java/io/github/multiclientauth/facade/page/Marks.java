package io.github.multiclientauth.facade.page;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The marks of the providers on the buttons: SVG inside the page, so that no image is fetched. */
public final class Marks {

    private static final String OTHER = "other";

    private final Map<String, String> drawings = Stream.of("github", "google", "facebook", "linkedin", "auth0", OTHER)
            .collect(Collectors.toUnmodifiableMap(
                    Function.identity(),
                    name -> Resources.read("marks/" + name + ".svg").strip()));

    Marks() {}

    /** The provider's mark, or a key if there is none for this provider. */
    public String of(String alias) {
        return drawings.getOrDefault(alias, drawings.get(OTHER));
    }
}
