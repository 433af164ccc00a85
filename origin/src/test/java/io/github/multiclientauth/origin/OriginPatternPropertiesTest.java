package io.github.multiclientauth.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Properties of every pattern, tested on many random ones. The seed is fixed, so failures repeat. */
class OriginPatternPropertiesTest {

    private static final int ROUNDS = 20_000;
    private static final String LETTERS = "ab0";

    private final Random random = new Random(2027);

    @Test
    void is_read_back_as_it_is_written() {
        for (int i = 0; i < ROUNDS; i++) {
            OriginPattern pattern = any();
            assertThat(OriginPattern.parse(pattern.toString())).contains(pattern);
        }
    }

    /** Few letters, so that many of the origins match by accident. */
    @Test
    void matches_what_the_same_words_say_as_a_regular_expression() {
        int matching = 0;
        for (int i = 0; i < ROUNDS; i++) {
            OriginPattern pattern = any();
            Origin origin = near(pattern);
            boolean expected = Pattern.matches(
                    "\\Q" + pattern.toString().replace("*", "\\E[a-z0-9_-]+\\Q") + "\\E", origin.toString());
            assertThat(pattern.matches(origin)).as(pattern + " " + origin).isEqualTo(expected);
            matching += expected ? 1 : 0;
        }
        assertThat(matching).isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
    }

    @Test
    void matches_nothing_outside_its_domain_its_scheme_and_its_port() {
        for (int i = 0; i < ROUNDS; i++) {
            OriginPattern pattern = any();
            Origin origin = near(pattern);
            if (pattern.matches(origin)) {
                String label = origin.host().substring(0, origin.host().indexOf('.'));
                assertThat(origin.host()).isEqualTo(label + "." + pattern.domain());
                assertThat(label.length())
                        .isGreaterThan(
                                pattern.prefix().length() + pattern.suffix().length());
                assertThat(origin.scheme()).isEqualTo(pattern.scheme());
                assertThat(origin.port()).isEqualTo(pattern.port());
            }
        }
    }

    private OriginPattern any() {
        boolean loopback = random.nextInt(4) == 0;
        String scheme = loopback && random.nextBoolean() ? "http" : "https";
        String domain = loopback ? "localhost" : letters(1) + ".x" + letters(1);
        return new OriginPattern(
                scheme, part(), part(), domain, List.of(80, 443, 3000).get(random.nextInt(3)));
    }

    /** One that the pattern could match, often changed in one place. */
    private Origin near(OriginPattern pattern) {
        String label = switch (random.nextInt(4)) {
            case 0 -> letters(1 + random.nextInt(3));
            case 1 -> pattern.prefix() + pattern.suffix() + (pattern.prefix().isEmpty() ? "a" : "");
            default -> pattern.prefix() + letters(1 + random.nextInt(2)) + pattern.suffix();
        };
        String before = random.nextInt(6) == 0 ? letters(1) + "." : "";
        String behind = random.nextInt(6) == 0 ? ".x" + letters(1) : "";
        String scheme = random.nextInt(8) == 0 ? "http" : pattern.scheme();
        int port = random.nextInt(8) == 0 ? 3000 : pattern.port();
        return new Origin(scheme, before + label + "." + pattern.domain() + behind, port);
    }

    private String part() {
        return letters(random.nextInt(3));
    }

    private String letters(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
