package io.github.multiclientauth.extension.changes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeersTest {

    private final Peers peers = new Peers(0);

    @Test
    void misses_nothing_while_numbers_follow_each_other() {
        assertThat(peers.hear("node", 7, 1_000)).isTrue();
        assertThat(peers.hear("node", 8, 2_000)).isTrue();
        assertThat(peers.hear("other", 1, 60_000)).isTrue();
    }

    @Test
    void notices_a_missing_message() {
        peers.hear("node", 7, 1_000);

        assertThat(peers.hear("node", 9, 2_000)).isFalse();
        assertThat(peers.hear("node", 10, 3_000)).isTrue();
    }

    @Test
    void does_not_mind_a_message_that_comes_twice() {
        peers.hear("node", 7, 1_000);

        assertThat(peers.hear("node", 7, 2_000)).isTrue();
        assertThat(peers.hear("node", 8, 3_000)).isTrue();
    }

    /** It has been running for longer, and its first messages are missing. */
    @Test
    void notices_a_node_that_it_should_have_heard_of_before() {
        assertThat(peers.hear("node", 7, Peers.SILENCE)).isFalse();
    }

    @Test
    void notices_once_that_a_node_has_become_silent() {
        peers.hear("node", 7, 1_000);

        assertThat(peers.isOneSilent(1_000 + Peers.SILENCE)).isFalse();
        assertThat(peers.isOneSilent(1_001 + Peers.SILENCE)).isTrue();
        assertThat(peers.isOneSilent(2_000 + Peers.SILENCE)).isFalse();
    }

    @Test
    void notices_what_it_has_missed_of_a_node_that_was_silent() {
        peers.hear("node", 7, 1_000);
        peers.isOneSilent(1_001 + Peers.SILENCE);

        assertThat(peers.hear("node", 20, 60_000)).isFalse();
    }

    @Test
    void does_not_expect_anything_of_a_node_that_has_left() {
        peers.hear("node", 7, 1_000);
        peers.leave("node");

        assertThat(peers.isOneSilent(60_000)).isFalse();
    }
}
