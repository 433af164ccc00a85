package io.github.multiclientauth.facade.reference;

/** Turns Javadoc into Markdown, as far as ours needs. */
final class Javadoc {

    private Javadoc() {}

    static String markdown(String doc) {
        return doc.replaceAll("\\{@(?:code|link) #?([^}]*)}", "`$1`")
                .replaceAll("<em>(.*?)</em>", "*$1*")
                .replace("<p>", "")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
