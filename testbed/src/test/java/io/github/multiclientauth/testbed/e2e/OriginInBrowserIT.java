package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.multiclientauth.origin.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Chromium parses each origin that we accept to the same origin, or rejects the address. Uses a fixed seed, so failures repeat. */
class OriginInBrowserIT {

    private static final int ROUNDS = 20_000;

    private static final List<String> SCHEMES = List.of("https", "http", "HTTPS", "hTTp", "ftp", "blob:https");

    private static final List<String> LABELS = List.of(
            "app",
            "App",
            "my_app",
            "pr-12-preview",
            "localhost",
            "127",
            "0",
            "0x7f",
            "08",
            "xn--bcher-kva",
            "xn--a",
            "b\u00fccher",
            "B\u00dcCHER",
            "stra\u00dfe",
            "\u4f8b\u3048",
            "\u03b4\u03bf\u03ba\u03b9\u03bc\u03ae",
            "\u0627\u0644\u0623\u0631\u062f\u0646",
            "\uff41pp",
            "a\u00adpp",
            "a\u200dpp",
            "e\u0301t\u00e9",
            "-app",
            "app-",
            "");

    private static final List<String> ADDRESSES = List.of(
            "[::1]",
            "[0:0:0:0:0:0:0:1]",
            "[2001:DB8::1:0:0:1]",
            "[2001:db8:0:0:1:0:0:0]",
            "[::ffff:1.2.3.4]",
            "[::ffff:102:304]",
            "[1::2::3]",
            "[fe80::1%25eth0]",
            "127.0.0.1",
            "127.1",
            "0127.0.0.1",
            "2130706433",
            "1.2.3.4.");

    private static final List<String> PORTS =
            List.of("", "", "", ":443", ":80", ":3000", ":08443", ":0", ":65535", ":65536", ":", ":8a");

    private static final List<String> PATHS =
            List.of("", "", "/", "/a/b?c=d#e", "?x", "#x", "\\x", "//evil.example", " ");

    private final Random random = new Random(2028);

    @Test
    void we_parse_origins_as_a_browser_does() {
        List<String> urls = IntStream.range(0, ROUNDS).mapToObj(i -> url()).toList();
        List<?> origins;
        try (Chromium chromium = Chromium.start();
                Page page = chromium.browser().newPage()) {
            origins = (List<?>) page.evaluate(
                    "(urls) => urls.map((url) => { try { return new URL(url).origin; } catch { return 'null'; } })",
                    urls);
        }

        int same = 0;
        List<String> different = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            Optional<Origin> ours = Origin.ofUrl(urls.get(i));
            if (ours.isEmpty() || origins.get(i).equals("null")) {
                // Browsers never send an address that they reject, such as one with an invalid A-label.
                continue;
            }
            if (ours.get().toString().equals(origins.get(i))) {
                same++;
            } else {
                different.add(urls.get(i) + " is " + ours.get() + ", but " + origins.get(i) + " in the browser");
            }
        }
        assertThat(different.stream().distinct()).isEmpty();
        assertThat(same).as("how many are origins at all").isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
    }

    private String url() {
        return any(SCHEMES) + "://" + host() + any(PORTS) + any(PATHS);
    }

    private String host() {
        if (random.nextInt(4) == 0) {
            return any(ADDRESSES);
        }
        // Mostly valid labels, because one invalid label makes the whole host invalid.
        StringBuilder host = new StringBuilder(any(LABELS));
        for (int i = random.nextInt(3); i > 0; i--) {
            host.append('.').append(random.nextInt(4) == 0 ? any(LABELS) : "example");
        }
        return host.append(random.nextInt(6) == 0 ? "." : "").toString();
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
