package io.github.multiclientauth.testbed.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.multiclientauth.testbed.provider.oauth.Consent;
import org.junit.jupiter.api.Test;

class PagesTest {

    @Test
    void values_in_a_page_are_escaped() {
        String page = Pages.template(Consent.class, "refused.html")
                .data("provider", "A provider")
                .data("base", "")
                .data("title", "<script>alert('1')</script>")
                .data("text", "\"&\"")
                .render();

        assertThat(page).doesNotContain("<script>").contains("&lt;script&gt;").contains("&quot;&amp;&quot;");
    }

    @Test
    void a_missing_file_is_named() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Pages.text(Pages.class, "nothing.html"))
                .withMessageContaining("nothing.html");
    }
}
