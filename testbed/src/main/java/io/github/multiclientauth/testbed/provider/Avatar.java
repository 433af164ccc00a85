package io.github.multiclientauth.testbed.provider;

/** A picture of a person: initials on a colour of their own. */
public final class Avatar {

    private Avatar() {}

    public static String svg(Person person) {
        int hue = (int) (person.id() * 137 % 360);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96">
                <rect width="96" height="96" fill="hsl(%d 45%% 38%%)"/>
                <text x="48" y="62" font-family="sans-serif" font-size="40" fill="#fff" text-anchor="middle">%s</text>
                </svg>
                """.formatted(hue, initials(person.displayName()));
    }

    /** Takes letters only, because other characters of a name could be markup in the picture. */
    private static String initials(String name) {
        StringBuilder initials = new StringBuilder();
        for (String word : name.split("[^\\p{L}]+")) {
            if (!word.isEmpty() && initials.codePointCount(0, initials.length()) < 2) {
                initials.appendCodePoint(Character.toUpperCase(word.codePointAt(0)));
            }
        }
        return initials.toString();
    }
}
