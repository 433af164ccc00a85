package io.github.multiclientauth.facade.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.multiclientauth.facade.fake.HostileInput;
import io.github.multiclientauth.facade.wire.RequestCookies.Cookie;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestCookiesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '\t',
            value = {
                "a=b\tb",
                "x=1; a=b; y=2\tb",
                "a=b;x=1\tb",
                ";; a=b ;;\tb",
                "a=\t''",
                "a=b=c==\tb=c==",
                "a=1%7C2\t1|2",
                "a=1+2\t1+2",
                "a=%2B%20\t'+ '",
                "a=\"b c\"\tb c",
                "a=%C3%A9\t\u00e9",
                // whatever a browser sends can be read
                "a=%\t%",
                "a=%zz\t%zz",
                "a=%2\t%2",
                "a=%-1\t%-1",
                "a=%C3\t\ufffd",
                "a=\"\t\"",
            })
    void reads_a_value(String header, String value) {
        assertThat(RequestCookies.parse(List.of(header)).get("a")).hasValue(value);
    }

    @Test
    void the_first_of_a_name_counts() {
        RequestCookies cookies = RequestCookies.parse(List.of("a=longest path; a=shorter", "a=other header; b=c"));

        assertThat(cookies.get("a")).hasValue("longest path");
        assertThat(cookies.get("b")).hasValue("c");
        assertThat(cookies.withPrefix("a")).hasSize(3);
    }

    @Test
    void names_are_compared_exactly() {
        RequestCookies cookies = RequestCookies.parse(List.of("A=1; ab=2; a%62=3; =4; 5"));

        assertThat(cookies.get("a")).isEmpty();
        assertThat(cookies.get("ab")).hasValue("2");
        assertThat(cookies.get("")).isEmpty();
    }

    @Test
    void reads_200_cookies_at_most() {
        String header = IntStream.range(0, 300).mapToObj(i -> "c" + i + "=" + i).collect(Collectors.joining("; "));
        RequestCookies one = RequestCookies.parse(List.of(header));
        RequestCookies several = RequestCookies.parse(List.of(header, header));

        assertThat(one.withPrefix("c")).hasSize(200);
        assertThat(one.get("c199")).hasValue("199");
        assertThat(one.get("c200")).isEmpty();
        assertThat(several.withPrefix("c")).hasSize(200);
        assertThat(RequestCookies.parse(List.of(";".repeat(10_000_000))).withPrefix(""))
                .isEmpty();
    }

    @HostileInput(row = 13, advisory = "CVE-2023-28625")
    @Test
    void never_fails() {
        Random seeded = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            String header = seeded.ints(seeded.nextInt(60), 0, 0x120)
                    .mapToObj(c -> seeded.nextInt(4) == 0 ? "%" : Character.toString(c))
                    .collect(Collectors.joining());
            assertThatCode(() ->
                            RequestCookies.parse(List.of(header)).withPrefix("").forEach(Cookie::value))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void prints_no_value() {
        assertThat(new Cookie("name", "canary")).hasToString("Cookie[name]");
    }
}
