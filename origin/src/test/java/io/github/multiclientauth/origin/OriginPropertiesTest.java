package io.github.multiclientauth.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Properties of every origin, tested on many random ones. The seed is fixed, so failures repeat. */
class OriginPropertiesTest {

    private static final int ROUNDS = 20_000;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final List<String> OTHER_SCRIPTS =
            List.of("b\u00fccher", "\u4f8b\u3048", "\u03b4\u03bf\u03ba\u03b9\u03bc\u03ae", "\ud55c\uad6d");

    private final Random random = new Random(2026);

    @Test
    void is_read_back_as_it_is_written() {
        for (int i = 0; i < ROUNDS; i++) {
            Origin origin = any();
            assertThat(Origin.parse(origin.toString())).contains(origin);
            assertThat(Origin.ofUrl(origin + "/a/b?c=d#e")).contains(origin);
            assertThat(Origin.ofUrl(origin.toString())).contains(origin);
        }
    }

    @Test
    void is_the_same_in_every_spelling_that_browsers_take_for_the_same() {
        for (int i = 0; i < ROUNDS; i++) {
            Origin origin = any();
            String scheme = anyCase(origin.scheme());
            String host = origin.host().startsWith("[") ? otherIpv6(origin.host()) : anyCase(origin.host());
            assertThat(Origin.parse(scheme + "://" + host + ":" + origin.port()))
                    .contains(origin);
        }
    }

    @Test
    void is_the_same_in_the_script_of_its_owner_and_in_ascii() {
        for (String label : OTHER_SCRIPTS) {
            Origin origin = Origin.parse("https://" + label + ".example").orElseThrow();
            assertThat(origin.host()).startsWith("xn--").isASCII();
            assertThat(Origin.parse(origin.toString())).contains(origin);
            assertThat(Origin.parse("https://" + label.toUpperCase(Locale.ROOT) + ".EXAMPLE"))
                    .contains(origin);
        }
    }

    /** A dot at the end, another port, a letter more: another origin, or none. */
    @Test
    void is_never_that_of_something_that_only_looks_like_it() {
        for (int i = 0; i < ROUNDS; i++) {
            Origin origin = any();
            for (String other : lookalikes(origin)) {
                assertThat(Origin.parse(other)).as(other).isNotEqualTo(Optional.of(origin));
            }
        }
    }

    /** Where parsers disagree about a character, nothing is repaired. */
    @Test
    void is_not_that_of_a_text_with_a_character_that_some_parsers_drop_or_turn_around() {
        String odd = "\\@#?%*+ \t\r\n\u0000\u00ad\u200b\u3002\uff0e\uff0f\ufeff";
        for (int i = 0; i < ROUNDS; i++) {
            Origin origin = any();
            String text = origin.toString();
            int at = random.nextInt(text.length() + 1);
            String changed = text.substring(0, at) + odd.charAt(random.nextInt(odd.length())) + text.substring(at);
            Optional<Origin> read = Origin.parse(changed);
            assertThat(read.filter(found -> !isWidthVariant(changed)))
                    .as(changed)
                    .isNotEqualTo(Optional.of(origin));
        }
    }

    @Test
    void is_equal_exactly_if_it_is_written_the_same() {
        List<Origin> some = IntStream.range(0, 400).mapToObj(i -> any()).toList();
        for (Origin one : some) {
            for (Origin other : some) {
                assertThat(one.equals(other)).isEqualTo(one.toString().equals(other.toString()));
            }
        }
    }

    /** Soft hyphens and the like: IDNA, which browsers follow, leaves them out of names in other scripts. */
    private static boolean isWidthVariant(String text) {
        return text.chars().anyMatch(c -> c == 0xad || c == 0x200b || c == 0x3002 || c == 0xff0e || c == 0xfeff);
    }

    private List<String> lookalikes(Origin origin) {
        String text = origin.toString();
        List<String> others = new ArrayList<>(List.of(
                text + ".evil.example",
                text + "@evil.example",
                text + "/",
                text + "/x",
                text + "?",
                text + "#",
                text + ":1",
                " " + text,
                text + " ",
                "x" + text,
                text.replace("://", ":/"),
                text.replace("://", "://user@"),
                text.replace("://", ":\\\\"),
                (origin.isSecure() ? "http" : "https") + "://" + origin.host() + ":" + origin.port(),
                origin.scheme() + "://" + origin.host() + ":" + (origin.port() % 65535 + 1)));
        if (!origin.host().startsWith("[")) {
            others.add(origin.scheme() + "://" + origin.host() + ".:" + origin.port());
            others.add(origin.scheme() + "://evil" + origin.host() + ":" + origin.port());
            others.add(origin.scheme() + "://evil." + origin.host() + ":" + origin.port());
        }
        return others;
    }

    private Origin any() {
        String scheme = random.nextBoolean() ? "https" : "http";
        int port = random.nextInt(3) == 0 ? (scheme.equals("https") ? 443 : 80) : 1 + random.nextInt(65535);
        String host = switch (random.nextInt(4)) {
            case 0 ->
                IntStream.range(0, 4)
                        .mapToObj(i -> Integer.toString(random.nextInt(256)))
                        .collect(Collectors.joining("."));
            case 1 -> "[" + ipv6() + "]";
            default -> name();
        };
        return Origin.parse(scheme + "://" + host + ":" + port).orElseThrow();
    }

    /** The last label is not a number, since the host would then be an address. */
    private String name() {
        int labels = 1 + random.nextInt(4);
        String text = IntStream.range(0, labels).mapToObj(i -> label()).collect(Collectors.joining("."));
        return text + ".x" + label();
    }

    private String label() {
        StringBuilder label = new StringBuilder();
        int length = 1 + random.nextInt(12);
        for (int i = 0; i < length; i++) {
            boolean inside = i > 0 && i < length - 1;
            label.append(inside && random.nextInt(8) == 0 ? '-' : LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return label.toString();
    }

    private String ipv6() {
        return IntStream.range(0, 8)
                .mapToObj(i -> random.nextInt(3) == 0 ? 0 : random.nextInt(0x10000))
                .map(group -> Integer.toHexString(group))
                .collect(Collectors.joining(":"));
    }

    /** All groups, with leading zeros, in whatever case. */
    private String otherIpv6(String host) {
        String address = host.substring(1, host.length() - 1);
        int gap = address.indexOf("::");
        List<String> groups = new ArrayList<>();
        if (gap < 0) {
            groups.addAll(List.of(address.split(":")));
        } else {
            List<String> before = parts(address.substring(0, gap));
            List<String> after = parts(address.substring(gap + 2));
            groups.addAll(before);
            for (int i = before.size() + after.size(); i < 8; i++) {
                groups.add("0");
            }
            groups.addAll(after);
        }
        String full = groups.stream()
                .map(group -> "0".repeat(4 - group.length()) + group)
                .collect(Collectors.joining(":"));
        return "[" + anyCase(full) + "]";
    }

    private static List<String> parts(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(":"));
    }

    private String anyCase(String text) {
        return text.chars()
                .mapToObj(c -> Character.toString(random.nextBoolean() ? Character.toUpperCase(c) : c))
                .collect(Collectors.joining());
    }
}
