package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Cookie;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several tabs of one browser sign in. */
@EndToEnd
class TabsIT {

    /** What nginx accepts for a header, with its name and line end. */
    private static final int HEADER = 8192 - "Cookie: \r\n".length();

    private final Chain chain;
    private final Visitor visitor;
    private final Person person;

    TabsIT(Chain chain) {
        this.chain = chain;
        this.visitor = chain.visitor();
        this.person = chain.somebody(Optional.of("\u20ac".repeat(200)), true);
    }

    /** The oldest of eleven has made room. Its page leads on, and everything fits into a request. */
    @Test
    void ten_can_wait_and_all_of_them_finish() {
        List<Answer> pages = new ArrayList<>();
        List<Visitor> tabs = IntStream.range(0, 11).mapToObj(i -> visitor.tab()).toList();
        for (int i = 0; i < 11; i++) {
            pages.add(tabs.get(i).browse(signIn("/?cart=" + "1234567890".repeat(8) + "&tab=" + i)));
            assertThat(cookieHeader()).isLessThan(HEADER);
        }

        for (int i = 10; i > 0; i--) {
            Answer end = finish(tabs.get(i), pages.get(i));
            assertThat(end.status()).as("%s", end).isEqualTo(200);
            assertThat(end.address().toString())
                    .startsWith(chain.portfolio() + "/")
                    .endsWith("&tab=" + i);
            assertThat(cookieHeader()).isLessThan(HEADER);
        }
        Answer oldest = finish(tabs.get(0), pages.get(0));
        assertThat(oldest.status()).isEqualTo(400);
        assertThat(oldest.address().toString()).contains("code=unknown_sign_in");
        assertThat(oldest.document().select("a[href*=signin]")).isNotEmpty();
    }

    @Test
    void fit_into_a_request_with_the_longest_addresses() {
        chain.atPortfolio(visitor).as(person.login());
        String address = "/" + "/a".repeat(1_000);
        Answer newest = null;
        for (int i = 0; i < 4; i++) {
            newest = visitor.get(signIn(address + i));
            assertThat(newest.status()).isEqualTo(302);
            assertThat(cookieHeader()).isLessThan(HEADER);
        }

        assertThat(visitor.follow(newest).address().toString()).isEqualTo(chain.portfolio() + address + "3");
        assertThat(cookieHeader()).isLessThan(HEADER);
    }

    private URI signIn(String callbackUrl) {
        return URI.create(chain.portfolio() + "/api/auth/signin/github?callbackUrl="
                + URLEncoder.encode(callbackUrl, StandardCharsets.UTF_8));
    }

    private Answer finish(Visitor tab, Answer page) {
        return tab.follow(tab.press(page, "button[name=login][value=" + person.login() + "]"));
    }

    private int cookieHeader() {
        return new Auth(visitor, chain.portfolio())
                .cookies().stream().mapToInt(TabsIT::length).sum();
    }

    private static int length(Cookie cookie) {
        return cookie.name().length() + cookie.value().length() + 3;
    }
}
