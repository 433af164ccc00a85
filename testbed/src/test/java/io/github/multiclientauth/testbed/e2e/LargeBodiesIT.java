package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.application.LargePost;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** More large uploads than a browser has connections, at the demo application and at the facade itself. */
@EndToEnd
class LargeBodiesIT {

    private static final int MANY = 14;

    private final Chain chain;

    LargeBodiesIT(Chain chain) {
        this.chain = chain;
    }

    @ParameterizedTest
    @CsvSource({
        "/api/auth/signin/github, 1000000, 413",
        "/api/auth/signout, 1000000, 413",
        "/api/auth/signout, 40000, 413",
        "/api/auth/callback/github, 1000000, 413",
        "/api/auth/session, 1000000, 413",
        "/api/auth/_log, 1000000, 413",
        "/api/auth/backchannel-logout, 1000000, 400",
        "/api/auth/nothing, 1000000, 400",
        "/api/auth, 1000000, 400",
    })
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void the_facade_goes_on(String target, int length, int status) throws Exception {
        goesOn(chain.facade().port(), target, length, status);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/auth/signin/github, 1000000, 413",
        "/api/auth/signout, 1000000, 413",
        "/api/auth/signout, 40000, 413",
        "/api/auth/signout, 200000, 413",
        "/api/auth/backchannel-logout, 40000, 400",
        "/, 1000000, 404",
    })
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void the_demo_application_goes_on(String target, int length, int status) throws Exception {
        goesOn(chain.portfolio().port(), target, length, status);
    }

    /** Tries one connection, and several that stay open, with and without an announced length. */
    private void goesOn(int port, String target, int length, int status) throws Exception {
        Origin portfolio = chain.portfolio();
        String host = portfolio.host() + ":" + portfolio.port();
        List<LargePost.Connection> open = new ArrayList<>();
        try {
            for (boolean chunked : new boolean[] {false, true}) {
                LargePost post = new LargePost(host, target, length, chunked);
                LargePost.Connection one = LargePost.connect(port);
                open.add(one);
                for (int i = 0; i < MANY; i++) {
                    assertThat(one.send(post))
                            .as("number %s, chunked: %s", i, chunked)
                            .isEqualTo(status);
                    LargePost.Connection another = LargePost.connect(port);
                    open.add(another);
                    assertThat(another.send(post)).isEqualTo(status);
                }
            }
            assertThat(chain.visitor()
                            .get(URI.create(portfolio + "/api/auth/session"))
                            .status())
                    .isEqualTo(200);
        } finally {
            for (LargePost.Connection connection : open) {
                connection.close();
            }
        }
    }
}
