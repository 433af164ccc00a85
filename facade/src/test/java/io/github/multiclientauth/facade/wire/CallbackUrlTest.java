package io.github.multiclientauth.facade.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.fake.HostileInput;
import io.github.multiclientauth.origin.Origin;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the contract, and what open redirects were made of. */
class CallbackUrlTest {

    private static final String HOME = "http://localhost:3000";
    private static final Origin ORIGIN = Origin.parse(HOME).orElseThrow();

    @ParameterizedTest
    @CsvSource(
            delimiter = '\t',
            value = {
                "/\thttp://localhost:3000/",
                "/rel?x=1#h\thttp://localhost:3000/rel?x=1#h",
                "http://localhost:3000\thttp://localhost:3000",
                "http://localhost:3000/abs\thttp://localhost:3000/abs",
                "http://localhost:3000?x\thttp://localhost:3000?x",
                "http://localhost:3000#h\thttp://localhost:3000#h",
                "HTTP://LOCALHOST:3000/x\tHTTP://LOCALHOST:3000/x",
                "http://localhost:03000/x\thttp://localhost:03000/x",
                // as a browser writes it, each part by its own rules
                "http://localhost:3000/a|b[c]{d}?e^f`g\thttp://localhost:3000/a|b[c]%7Bd%7D?e^f`g",
                "/a b\"<c>?d e\"<f>'#g h`\thttp://localhost:3000/a%20b%22%3Cc%3E?d%20e%22%3Cf%3E%27#g%20h%60",
                "/caf\u00e9\thttp://localhost:3000/caf%C3%A9",
                "/zavr\u0161\thttp://localhost:3000/zavr%C5%A1",
                "/caf%C3%A9?q=\u017e#\u0161\thttp://localhost:3000/caf%C3%A9?q=%C5%BE#%C5%A1",
                "/\ud83d\udd11\thttp://localhost:3000/%F0%9F%94%91",
                "http://localhost:3000/\u0100\thttp://localhost:3000/%C4%80",
                "http://localhost:3000/\u2028\thttp://localhost:3000/%E2%80%A8",
                "/%zz%\thttp://localhost:3000/%zz%",
                "http://localhost:3000/http://evil.example\thttp://localhost:3000/http://evil.example",
                "http://localhost:3000/@evil.example\thttp://localhost:3000/@evil.example",
                "/\u00e9\thttp://localhost:3000/%C3%A9",
                "//evil.example/x\thttp://localhost:3000//evil.example/x",
                "///evil.example/x\thttp://localhost:3000///evil.example/x",
                "/\\evil.example\thttp://localhost:3000/\\evil.example",
                "/%09/evil.example\thttp://localhost:3000/%09/evil.example",
                "/@evil.example\thttp://localhost:3000/@evil.example",
                "/.evil.example\thttp://localhost:3000/.evil.example",
            })
    void goes_to_an_address_of_the_own_origin(String requested, String location) {
        assertThat(resolved(requested)).isEqualTo(location);
    }

    @HostileInput(
            row = {7, 31},
            advisory = {
                "GHSA-qqxw-m5fj-f7gv",
                "GHSA-j7px-6hwj-hpjg",
                "GHSA-5m6c-jp6f-2vcv",
                "GHSA-4mf2-f3wh-gvf2",
                "CVE-2022-23527",
                "observed on Auth.js"
            })
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                // another host, port, scheme
                "https://evil.example/",
                "http://localhost:3001/x",
                "http://localhost/x",
                "http://localhost:30000/x",
                "https://localhost:3000/x",
                "ws://localhost:3000/x",
                "ftp://localhost:3000/x",
                // look-alikes
                "http://localhost:3000@evil.example/",
                "http://localhost:3000:x@evil.example/",
                "http://evil.example@localhost:3000/",
                "http://user:pass@localhost:3000/",
                "http://localhost%3A3000@evil.example",
                "http://localhost.evil.example:3000/",
                "http://evillocalhost:3000/",
                "http://evil.example/http://localhost:3000/",
                "http://evil.example?http://localhost:3000",
                "http://evil.example#http://localhost:3000",
                "http://evil.example\\@localhost:3000/",
                "http://localhost:3000\\@evil.example/",
                "http://localhost:3000\\.evil.example/",
                "http://localhost.:3000/",
                "http://127.0.0.1:3000/",
                "http://[::1]:3000/",
                // spellings that browsers repair
                "http:/evil.example",
                "http:evil.example",
                "http:localhost:3000",
                "http:\\\\evil.example",
                "http:///evil.example",
                "http:////evil.example",
                "http://",
                "http:",
                "https:",
                // no address of the web
                "javascript:alert(1)",
                "JavaScript:alert(1)//http://localhost:3000",
                "data:text/html,x",
                "blob:http://localhost:3000/7f3c9a52",
                "filesystem:http://localhost:3000/x",
                "view-source:http://localhost:3000/",
                "mailto:ada@example.com",
                "about:blank",
                "file:///etc/passwd",
                "localhost:3000/x",
                // that hung a parser once (CVE-2022-31093)
                "http://[",
                "http://[::1",
                "http://]",
                "http://%",
                "http://\ud800",
                "/\udc00",
                "\ud83d",
            })
    void replaces_other_origins_by_its_own(String requested) {
        assertThat(resolved(requested)).isEqualTo(HOME);
    }

    @HostileInput(
            row = {5, 31},
            advisory = {"CVE-2022-31093", "observed on Auth.js"})
    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "\\\\evil.example",
                "\\/evil.example",
                "http://localhost:3000.evil.example/",
                "http://localhost:3000.evil.example",
                "https://localhost:x",
                "http://[::1]:x/",
                "?x=1",
                "#h",
                "x",
                "@evil.example",
                " http://localhost:3000/",
                " /x",
                ":",
                "1http://localhost:3000",
                // no legal value of a header
                "/x\r\nSet-Cookie: a=b",
                "/\t/evil.example",
                "\t//evil.example",
                "ht\ttp://evil.example",
                "/x\u0000",
                "/x\u007f",
                "/x\u0085",
                "http://localhost:3000/\n",
            })
    void is_malformed(String requested) {
        assertThat(CallbackUrl.resolve(requested, ORIGIN)).isEmpty();
    }

    @Test
    void is_refused_if_it_is_too_long_when_written_in_ascii() {
        assertThat(resolved("/" + "a".repeat(2047))).hasSize(HOME.length() + 2048);
        assertThat(resolved("/" + "\u017e".repeat(341))).hasSize(HOME.length() + 1 + 6 * 341);
        for (String tooLong : List.of(
                "/" + "a".repeat(2048),
                "/" + "\u017e".repeat(342),
                "http://localhost:3000/" + "[".repeat(65_536),
                "\r\n".repeat(65_536))) {
            assertThat(CallbackUrl.isTooLong(tooLong)).isTrue();
            assertThat(CallbackUrl.resolve(tooLong, ORIGIN)).isEmpty();
        }
        assertThat(resolved("http://" + ":".repeat(2000))).isEqualTo(HOME);
    }

    /** A percent sign in a host would make it another host. */
    @Test
    void an_internationalised_host_becomes_the_one_that_browsers_ask_for() {
        Origin origin = Origin.parse("https://m\u00fcnze.example").orElseThrow();

        assertThat(CallbackUrl.resolve("https://m\u00fcnze.example/caf\u00e9", origin))
                .hasValue(new CallbackUrl("https://xn--mnze-0ra.example/caf%C3%A9"));
    }

    @Test
    void the_default_port_may_be_written_or_not() {
        Origin https = Origin.parse("https://app.example.com").orElseThrow();

        assertThat(CallbackUrl.resolve("https://app.example.com:443/x", https))
                .hasValue(new CallbackUrl("https://app.example.com:443/x"));
        assertThat(CallbackUrl.resolve("http://app.example.com/x", https))
                .hasValue(new CallbackUrl("https://app.example.com"));
        assertThat(CallbackUrl.resolve("https://app.example.com:/x", https))
                .hasValue(new CallbackUrl("https://app.example.com"));
    }

    /** Whatever is asked for, the answer stays on the origin, and is one line. */
    @HostileInput(
            row = 7,
            advisory = {"GHSA-qqxw-m5fj-f7gv", "CVE-2022-23527"})
    @Test
    void never_leaves_the_origin() {
        Random seeded = new Random(13);
        String[] parts = {
            "http://",
            "https://",
            "http:",
            HOME,
            "localhost",
            ":3000",
            "evil.example",
            "/",
            "//",
            "\\",
            "@",
            "?",
            "#",
            ".",
            ":",
            "%2f",
            "%5c",
            "%00",
            "[",
            "]",
            "\t",
            "\n",
            " ",
            "a",
            "\u00e9",
            "\u0100",
            "javascript:",
            "&",
            ";"
        };
        int resolvedCount = 0;
        for (int i = 0; i < 50_000; i++) {
            String requested = seeded.ints(1 + seeded.nextInt(7), 0, parts.length)
                    .mapToObj(part -> parts[part])
                    .collect(Collectors.joining());
            Optional<CallbackUrl> resolved = CallbackUrl.resolve(requested, ORIGIN);
            if (resolved.isPresent()) {
                resolvedCount++;
                String location = resolved.get().value();
                assertThat(location).as(requested).matches("(?i)http://localhost:0*3000([/?#].*)?");
                assertThat(location.chars().allMatch(c -> c > ' ' && c < 0x7f))
                        .as(requested)
                        .isTrue();
            }
        }
        assertThat(resolvedCount).isGreaterThan(1000);
    }

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "/x, true",
        "http://evil.example, true",
        "HTTPS:x, true",
        "javascript:alert(1), false",
        "data:x, false",
        "httpx://a, false",
        "evil.example, false",
        "' http://a', false",
    })
    void accepts_web_urls_and_paths_only(String requested, boolean expected) {
        assertThat(CallbackUrl.isWebUrlOrPath(requested)).isEqualTo(expected);
    }

    private static String resolved(String requested) {
        return CallbackUrl.resolve(requested, ORIGIN).orElseThrow().value();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:3000, http://localhost:3000?a=b",
        "http://localhost:3000/, http://localhost:3000/?a=b",
        "http://localhost:3000/x?y=1, http://localhost:3000/x?y=1&a=b",
        "http://localhost:3000/x?, http://localhost:3000/x?a=b",
        "http://localhost:3000/x?a=c&y&a=d&ab=1&a, http://localhost:3000/x?y&ab=1&a=b",
        "http://localhost:3000/x?y=?#/in?a=c, http://localhost:3000/x?y=?&a=b#/in?a=c",
        "http://localhost:3000/x#, http://localhost:3000/x?a=b#"
    })
    void gets_a_parameter_in_place_of_its_own_one(String url, String with) {
        assertThat(new CallbackUrl(url).with("a", "b").value()).isEqualTo(with);
    }
}
