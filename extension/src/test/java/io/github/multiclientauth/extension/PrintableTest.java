package io.github.multiclientauth.extension;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void does_not_change_ascii() {
        assertThat(Printable.of("https://app.example.com:8443/<x>")).isEqualTo("https://app.example.com:8443/<x>");
    }

    @Test
    void prevents_forged_log_lines_and_terminal_sequences() {
        assertThat(Printable.of("a\r\nb\u001b[2J\u202ec\u00e4\ud83d\ude00\ud800"))
                .isEqualTo("a\\u{d}\\u{a}b\\u{1b}[2J\\u{202e}c\\u{e4}\\u{1f600}\\u{d800}");
    }

    @Test
    void is_short() {
        assertThat(Printable.of("x".repeat(100_000))).hasSize(200);
    }
}
