package io.github.multiclientauth.extension.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.theme.PropertiesUtil;

class RefusalPageTest {

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void speaks_every_language_in_full(String language) throws IOException {
        Properties messages = messages(language);
        assertThat(messages.stringPropertyNames())
                .isEqualTo(messages("en").stringPropertyNames())
                .contains(RefusalPage.MESSAGE);
        String shown = new MessageFormat(messages.getProperty(RefusalPage.MESSAGE), Locale.forLanguageTag(language))
                .format(new Object[] {"Portfolio", "1A2B3C4D"});
        assertThat(shown).startsWith("Portfolio ").contains("MCA00100-1A2B3C4D").doesNotContain("{", "}", "\ufffd");
    }

    @Test
    void names_the_application() {
        assertThat(RefusalPage.name("portfolio", "Portfolio")).isEqualTo("Portfolio");
    }

    @Test
    void falls_back_to_the_client_id() {
        for (String name : new String[] {null, "", " "}) {
            assertThat(RefusalPage.name("portfolio", name)).isEqualTo("portfolio");
        }
    }

    @Test
    void takes_a_name_for_text() {
        assertThat(RefusalPage.name("x", "<a href=\"https://evil.example\">A & B</a>"))
                .isEqualTo("\u2039a href=\"https://evil.example\"\u203aA & B\u2039/a\u203a");
        assertThat(RefusalPage.name("x", "&lt;b&gt; &#60;b&#x3e; &amp;lt;"))
                .isEqualTo("\uff06lt;b\uff06gt; \uff06#60;b\uff06#x3e; \uff06amp;lt;");
    }

    private static Properties messages(String language) throws IOException {
        Properties messages = new Properties();
        try (InputStream file = RefusalPageTest.class.getResourceAsStream(
                "/theme-resources/messages/messages_" + language + ".properties")) {
            PropertiesUtil.readCharsetAware(messages, file);
        }
        return messages;
    }
}
