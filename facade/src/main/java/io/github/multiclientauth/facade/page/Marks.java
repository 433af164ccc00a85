package io.github.multiclientauth.facade.page;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The marks on the buttons: SVG to put into the page, so that no image has to be fetched. */
public final class Marks {

    private static final String OTHER = "other";

    private final Map<String, String> drawings = Stream.of("github", "google", "facebook", "linkedin", "auth0", OTHER)
            .collect(Collectors.toUnmodifiableMap(
                    Function.identity(),
                    name -> Resources.read("marks/" + name + ".svg").strip()));

    Marks() {}

    /** The provider's mark, or a key for providers that have none here. */
    public String of(String alias) {
        return drawings.getOrDefault(alias, drawings.get(OTHER));
    }
}
