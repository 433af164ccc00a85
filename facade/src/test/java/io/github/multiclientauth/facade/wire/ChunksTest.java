package io.github.multiclientauth.facade.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.fake.Browser;
import io.github.multiclientauth.facade.fake.HostileInput;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunksTest {

    private static final String NAME = "authjs.session-token";
    private static final Instant EXPIRES = Instant.parse("2026-12-23T20:18:54Z");

    private final Chunks chunks = new Chunks(NAME, "/", false);
    private final Browser browser = new Browser();

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "3935, 1",
        "3936, 1",
        "3937, 2",
        "7872, 2",
        "7873, 3",
        "11808, 3",
        "39361, 11",
        "62976, 16",
    })
    void splits_as_auth_js_does_and_reads_it_again(int length, int count) {
        String value = text(length);
        List<SetCookie> written = chunks.write(value, EXPIRES, sent());
        browser.take(written);

        assertThat(written).hasSize(count).allSatisfy(cookie -> {
            assertThat(cookie.value()).isNotEmpty().hasSizeLessThanOrEqualTo(3936);
            assertThat(cookie.expires()).hasValue(EXPIRES);
            assertThat(cookie.maxAge()).isEmpty();
        });
        assertThat(written.stream().map(SetCookie::name))
                .containsExactlyElementsOf(
                        count == 1
                                ? List.of(NAME)
                                : IntStream.range(0, count)
                                        .mapToObj(i -> NAME + "." + i)
                                        .toList());
        assertThat(read(sent())).hasValue(value);
    }

    @Test
    void reads_chunks_in_the_order_of_their_numbers_not_of_the_header() {
        String header = IntStream.iterate(11, i -> i >= 0, i -> i - 1)
                .mapToObj(i -> NAME + "." + i + "=" + chunk(i))
                .collect(Collectors.joining("; "));

        assertThat(chunks.candidates(cookies(header)).get(0).value())
                .isEqualTo(IntStream.range(0, 12).mapToObj(ChunksTest::chunk).collect(Collectors.joining()));
    }

    /** Only the key can tell which of them was written. */
    @HostileInput(row = 12, advisory = "CVE-2024-24814")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // gaps
                "N.1=b             | -",
                "N.0=A; N.2=c      | A",
                // twice
                "N=a; N=b          | a b",
                "N.0=a; N.0=b      | a b",
                "N.0=A; N.1=b; N.1=c | Ab Ac A",
                "N.0=A; N.1=b; N.0=B | Ab Bb A B",
                // both ways at once
                "N=a; N.0=b        | a b",
                "N.0=A; N=a; N.1=b | a Ab A",
                // only the last is short
                "N.0=a; N.1=b      | a",
                // other spellings of a number, and huge ones
                "N.00=a            | -",
                "N.0=a; N.01=b     | a",
                "N.0=A; N.99999999999999999999999=b | A",
                "N.0=A; N.2147483648=b | A",
            })
    void reads_all_values_that_may_be_genuine_and_clears_everything(String header, String values) {
        RequestCookies sent = cookies(long_(header).replace("N", NAME));

        assertThat(chunks.candidates(sent).stream().map(Chunks.Candidate::value))
                .containsExactlyElementsOf(
                        values == null ? List.of() : List.of(long_(values).split(" ")));
        assertThat(chunks.clear(sent).stream().map(SetCookie::name))
                .containsExactlyInAnyOrderElementsOf(sent.withPrefix(NAME).stream()
                        .map(RequestCookies.Cookie::name)
                        .distinct()
                        .toList());
        assertThat(chunks.clear(sent))
                .allSatisfy(cookie -> assertThat(cookie.maxAge()).hasValue(0));
    }

    /** A and B stand for chunks of full length. */
    private static String long_(String text) {
        return text.replace("A", "a".repeat(3936)).replace("B", "b".repeat(3936));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                NAME + "-other=a",
                NAME + ".=a",
                NAME + ".-1=a",
                NAME + ".+1=a",
                NAME + ".1e1=a",
                NAME + ".\u0661=a",
                NAME + ".0.0=a",
                NAME + "0=a",
                "app." + NAME + "=a",
                "__Secure-" + NAME + "=a",
                NAME + ".0x1=a",
            })
    void leaves_other_cookies_alone(String header) {
        RequestCookies sent = cookies(header);

        assertThat(read(sent)).isEmpty();
        assertThat(chunks.clear(sent)).isEmpty();
        assertThat(chunks.write("value", EXPIRES, sent)).hasSize(1);
    }

    @HostileInput(row = 12, advisory = "CVE-2024-24814")
    @Test
    void limits_its_work_on_many_chunks() {
        String header =
                IntStream.range(0, 17).mapToObj(i -> NAME + "." + i + "=a").collect(Collectors.joining("; "));

        assertThat(chunks.candidates(cookies(header))).hasSize(1);
        assertThat(chunks.clear(cookies(header))).hasSize(17);

        String doubled = IntStream.range(0, 100)
                .mapToObj(i -> NAME + "." + i / 50 + "=" + "a".repeat(3936))
                .collect(Collectors.joining("; "));
        assertThat(chunks.candidates(cookies(doubled))).hasSize(Chunks.MAX_CANDIDATES);
    }

    @Test
    void clears_what_it_does_not_write_again() {
        browser.take(chunks.write(text(9000), EXPIRES, sent()));
        assertThat(browser.names()).containsExactlyInAnyOrder(NAME + ".0", NAME + ".1", NAME + ".2");

        browser.take(chunks.write(text(5000), EXPIRES, sent()));
        assertThat(browser.names()).containsExactlyInAnyOrder(NAME + ".0", NAME + ".1");

        browser.take(chunks.write(text(100), EXPIRES, sent()));
        assertThat(browser.names()).containsExactlyInAnyOrder(NAME);

        browser.take(chunks.write(text(5000), EXPIRES, sent()));
        assertThat(browser.names()).containsExactlyInAnyOrder(NAME + ".0", NAME + ".1");
        assertThat(read(sent())).hasValue(text(5000));

        browser.take(chunks.clear(sent()));
        assertThat(browser.names()).isEmpty();
    }

    @Test
    void writes_each_cookie_once() {
        browser.take(chunks.write(text(9000), EXPIRES, sent()));

        assertThat(chunks.write(text(5000), EXPIRES, sent()).stream().map(SetCookie::name))
                .doesNotHaveDuplicates();
    }

    @Test
    void clears_with_the_attributes_that_it_wrote_with() {
        Chunks secure = new Chunks(NAME, "/api/auth", true);

        assertThat(secure.clear(cookies(NAME + ".0=a")))
                .extracting(SetCookie::header)
                .containsExactly(NAME + ".0=; Max-Age=0; Path=/api/auth; HttpOnly; Secure; SameSite=Lax");
    }

    private static String chunk(int number) {
        return (char) ('a' + number) + "x".repeat(3935);
    }

    /** The one value that the cookies can be read as, or the longest of one row of chunks. */
    private Optional<String> read(RequestCookies cookies) {
        return chunks.candidates(cookies).stream().map(Chunks.Candidate::value).findFirst();
    }

    private RequestCookies sent() {
        return cookies(browser.header("/api/auth/session"));
    }

    private static RequestCookies cookies(String header) {
        return RequestCookies.parse(List.of(header));
    }

    /** No two parts alike, so that no wrong order gives the same. */
    private static String text(int length) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> i + "-")
                .limit(length)
                .collect(Collectors.joining())
                .substring(0, length);
    }
}
