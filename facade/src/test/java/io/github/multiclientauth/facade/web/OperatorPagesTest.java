package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** Pages of an operator's own. */
@QuarkusTest
@TestProfile(OperatorPagesTest.OwnPages.class)
class OperatorPagesTest {

    @TestHTTPResource
    URI facade;

    /** Replaces the layout that all pages share, one page, the style sheet and one text. */
    public static final class OwnPages extends TwoApplications {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = super.getConfigOverrides();
            settings.put("mca.pages.directory", directory().toString());
            return settings;
        }

        private static Path directory() {
            try {
                Path directory = Files.createTempDirectory(Path.of("target"), "pages");
                Files.writeString(
                        directory.resolve("layout.html"),
                        "<html lang='{text.language}'><title>{#insert title /}</title><style>{style.raw}</style>"
                                + "<header>ACME</header>{#insert /}</html>");
                Files.writeString(
                        directory.resolve("sign-out.html"),
                        "{#include layout}{#title}Sign out{/title}<p id=own>{page.application}</p>{/include}");
                Files.writeString(directory.resolve("style.css"), "p { color: red }");
                Files.writeString(
                        directory.resolve("texts.properties"), "problem.access-denied.heading=Go away, please");
                return directory;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Document page(String path) {
        return Jsoup.parse(new RawHttp(facade.getPort())
                .send("", "GET " + path + " HTTP/1.1", "Host: portfolio.test")
                .body());
    }

    @Test
    void replace_the_built_in_pages_and_escape_values() {
        Document page = page("/api/auth/signout");

        assertThat(page.selectFirst("header").text()).isEqualTo("ACME");
        assertThat(page.selectFirst("#own").text()).isEqualTo("Portfolio <script>alert(1)</script>");
        assertThat(page.select("script")).isEmpty();
        assertThat(page.selectFirst("style").data()).isEqualTo("p { color: red }");
    }

    @Test
    void leave_other_pages_as_they_are() {
        Document page = page("/api/auth/error?error=AccessDenied");

        assertThat(page.selectFirst("header").text()).isEqualTo("ACME");
        assertThat(page.selectFirst("h1").text()).isEqualTo("Go away, please");
        assertThat(page.selectFirst(".reference strong").text()).matches("[0-9A-F]{8}");
    }
}
