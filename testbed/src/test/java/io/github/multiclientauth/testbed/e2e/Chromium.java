package io.github.multiclientauth.testbed.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.impl.driver.Driver;
import io.github.multiclientauth.testbed.Skipped;
import io.github.multiclientauth.testbed.provider.internet.StandInProviders;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real Chromium: the one in the variable {@code CHROMIUM}, or one on the path, or Playwright's own download. Without any, tests are
 * skipped with a message. With {@code CI=true} they fail. When it is closed, it fails if it has received a token.
 */
final class Chromium implements AutoCloseable {

    private static final double ASSERTION_MILLIS = 30_000;
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

    /** Prevents Playwright from downloading three browsers at its start. Only one is needed, and only if none is installed. */
    private static final Map<String, String> NO_DOWNLOAD = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");

    private final Playwright playwright;
    private final Browser browser;
    private final NetLog received;

    private Chromium(Playwright playwright, Browser browser, NetLog received) {
        this.playwright = playwright;
        this.browser = browser;
        this.received = received;
    }

    static Chromium start() {
        return start(List.of());
    }

    /** Starts one that reaches the stand-ins at the providers' real host names, as Keycloak does. */
    static Chromium atRealHosts(StandInProviders providers) {
        return start(providers.chromiumOptions());
    }

    /** Starts one with these options. */
    static Chromium with(List<String> options) {
        return start(options);
    }

    private static Chromium start(List<String> more) {
        Optional<Path> installed = installed();
        if (installed.isEmpty()) {
            download();
        }
        // A long limit, so that a busy machine does not make tests fail.
        PlaywrightAssertions.setDefaultAssertionTimeout(ASSERTION_MILLIS);
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(NO_DOWNLOAD));
        LaunchOptions options = new LaunchOptions().setHeadless(true);
        installed.ifPresent(options::setExecutablePath);
        NetLog received = NetLog.create();
        List<String> arguments = new ArrayList<>(more);
        arguments.addAll(received.options());
        if (System.getProperty("user.name").equals("root")) {
            // Chromium refuses to run its sandbox as root, and many CI machines run everything as root.
            arguments.add("--no-sandbox");
        }
        options.setArgs(arguments);
        return new Chromium(playwright, playwright.chromium().launch(options), received);
    }

    Browser browser() {
        return browser;
    }

    private static Optional<Path> installed() {
        String named = System.getenv("CHROMIUM");
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named));
        }
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void download() {
        ProcessBuilder installer =
                Driver.ensureDriverInstalled(NO_DOWNLOAD, false).createProcessBuilder();
        installer.command().addAll(List.of("install", "chromium"));
        installer.environment().remove("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD");
        try {
            int status = installer.inheritIO().start().waitFor();
            if (status != 0) {
                none("Playwright's download ended with status " + status);
            }
        } catch (IOException failed) {
            none("Playwright's download failed: " + failed.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            none("interrupted");
        }
    }

    private static void none(String why) {
        throw Skipped.because(
                "THE BROWSER TESTS",
                "No Chromium: none on the path, none named by CHROMIUM, and " + why
                        + ". On Debian: apt-get install chromium");
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
        received.refuseTokens();
    }
}
