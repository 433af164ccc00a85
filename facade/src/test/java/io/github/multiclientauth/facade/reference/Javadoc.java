package io.github.multiclientauth.facade.reference;

import static org.assertj.core.api.Assertions.assertThat;

/** Converts Javadoc to Markdown, as far as our Javadoc needs. */
final class Javadoc {

    private Javadoc() {}

    static String markdown(String doc) {
        String markdown = doc.replaceAll("\\{@(?:code|link)\\s+#?([^}]*)}", "`$1`")
                .replaceAll("<em>(.*?)</em>", "*$1*")
                .replace("<p>", "")
                .replaceAll("\\s+", " ")
                .strip();
        assertThat(markdown).as("a page has no Javadoc in it").doesNotContain("{@", "</");
        return markdown;
    }
}
