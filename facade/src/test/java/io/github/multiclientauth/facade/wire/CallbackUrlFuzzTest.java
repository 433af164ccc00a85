package io.github.multiclientauth.facade.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.multiclientauth.origin.Origin;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whatever is given as a {@code callbackUrl}, the browser stays on the application's origin. */
class CallbackUrlFuzzTest {

    private static final Origin ORIGIN =
            Origin.parse("https://portfolio.example.com").orElseThrow();

    /** How browsers find the authority: a backslash is a slash to them (URL standard, special authority slashes). */
    private static final Pattern AS_BROWSERS_READ = Pattern.compile("(?i)(https?):[/\\\\]*([^/\\\\?#]*)(.*)");

    @FuzzTest(maxDuration = "3s")
    void stays_on_the_origin(byte[] input) {
        String requested = new String(input, UTF_8);
        Optional<CallbackUrl> resolved = CallbackUrl.resolve(requested, ORIGIN);
        if (resolved.isEmpty()) {
            return;
        }
        String url = resolved.get().value();
        assertThat(url.chars()).as("a legal header value").noneMatch(c -> Character.isISOControl(c) || c > 0xff);
        Matcher read = AS_BROWSERS_READ.matcher(url);
        assertThat(read.matches()).isTrue();
        assertThat(read.group(1)).isEqualToIgnoringCase("https");
        assertThat(read.group(2).replaceFirst(":0*443?$", "")).isEqualToIgnoringCase("portfolio.example.com");
    }
}
