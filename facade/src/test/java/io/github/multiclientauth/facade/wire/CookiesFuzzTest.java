package io.github.multiclientauth.facade.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.multiclientauth.facade.wire.RequestCookies.Cookie;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Whatever stands in a {@code Cookie} header is read, and what we write into it comes back. */
class CookiesFuzzTest {

    private static final String NAME = "authjs.session-token";
    private static final Chunks CHUNKS = new Chunks(NAME, CookieNames.SITE_PATH, false);

    @FuzzTest(maxDuration = "3s")
    void reads_every_cookie_header(byte[] input) {
        String header = new String(input, UTF_8);
        RequestCookies cookies = RequestCookies.parse(List.of(header));

        List<Cookie> all = cookies.withPrefix("");
        assertThat(all).hasSizeLessThanOrEqualTo(200);
        for (Cookie cookie : all) {
            assertThat(cookie.name()).isNotBlank().doesNotContain("=", ";");
            assertThat(header).contains(cookie.name(), cookie.sent());
            assertThat(cookie.value()).isNotNull();
        }
        chunks_are_read_as_what_was_sent(cookies);
        what_is_written_replaces_what_was_sent(cookies);
    }

    private static void chunks_are_read_as_what_was_sent(RequestCookies cookies) {
        List<Cookie> sent = cookies.withPrefix(NAME).stream()
                .filter(cookie -> cookie.name().matches("authjs\\.session-token(\\.[0-9]+)?"))
                .toList();
        assertThat(CHUNKS.clear(cookies).stream().map(SetCookie::name))
                .containsExactlyInAnyOrderElementsOf(
                        sent.stream().map(Cookie::name).collect(Collectors.toSet()));
        assertThat(CHUNKS.candidates(cookies))
                .hasSizeLessThanOrEqualTo(Chunks.MAX_CANDIDATES)
                .allSatisfy(
                        candidate -> assertThat(sent.stream().map(Cookie::name)).containsAll(candidate.names()));
    }

    /** The cookies afterwards are those that a browser would have. */
    private static void what_is_written_replaces_what_was_sent(RequestCookies cookies) {
        String value = "x".repeat(3936 * (1 + cookies.withPrefix("").size() % 3) + 1);
        List<SetCookie> written = CHUNKS.write(value, Instant.EPOCH, cookies);
        String kept = written.stream()
                .filter(cookie -> cookie.maxAge().isEmpty())
                .map(cookie -> cookie.name() + '=' + cookie.value())
                .collect(Collectors.joining("; "));

        assertThat(CHUNKS.candidates(RequestCookies.parse(List.of(kept))).get(0).value())
                .isEqualTo(value);
        assertThat(written.stream().map(SetCookie::name))
                .doesNotHaveDuplicates()
                .containsAll(CHUNKS.clear(cookies).stream().map(SetCookie::name).toList());
    }
}
