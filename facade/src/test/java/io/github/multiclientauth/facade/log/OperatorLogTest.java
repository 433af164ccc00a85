package io.github.multiclientauth.facade.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OperatorLogTest {

    @Test
    void what_strangers_wrote_stays_one_line_of_ascii() {
        assertThat(OperatorLog.printable("a\r\nMCA00220: forged\u001b[2J\u202egnorts\uD83D\uDE00"))
                .isEqualTo("a\\u{d}\\u{a}MCA00220: forged\\u{1b}[2J\\u{202e}gnorts\\u{1f600}");
    }

    @Test
    void it_cannot_fill_a_disk() {
        assertThat(OperatorLog.printable("\n".repeat(100_000))).hasSizeLessThan(3000);
    }
}
