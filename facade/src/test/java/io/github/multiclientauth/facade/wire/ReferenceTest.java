package io.github.multiclientauth.facade.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReferenceTest {

    private final SecureRandom random = new SecureRandom();

    @Test
    void is_the_same_for_all_requests_of_a_browser_session() {
        Reference first = Reference.of(() -> Optional.of("token|hash"), random);

        assertThat(first).isEqualTo(Reference.of(() -> Optional.of("token|hash"), random));
        assertThat(first).isNotEqualTo(Reference.of(() -> Optional.of("other|hash"), random));
    }

    /** Each mention of a request in the log and on a page must be the same. */
    @Test
    void stays_the_same_for_a_request_without_cookies() {
        Reference reference = Reference.of(() -> Optional.empty(), random);

        assertThat(reference.value()).isEqualTo(reference.value());
    }

    @Test
    void can_be_read_aloud() {
        assertThat(Reference.of(() -> Optional.of("anything\r\n\u0000\ud800"), random)
                        .toString())
                .matches("[0-9A-F]{8}");
        assertThat(Reference.of(() -> Optional.empty(), random).toString()).matches("[0-9A-F]{8}");
    }

    @Test
    void differs_between_requests_without_cookies() {
        assertThat(java.util.stream.IntStream.range(0, 20)
                        .mapToObj(i -> Reference.of(() -> Optional.empty(), random))
                        .distinct()
                        .count())
                .isGreaterThan(15);
    }
}
