package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.web.Unfinished.Arrival;
import io.github.multiclientauth.facade.web.Unfinished.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnfinishedTest {

    /** Overflows within seconds, as it may: only differences mean something. */
    private long nanoTime = Long.MAX_VALUE - Duration.ofSeconds(25).toNanos();

    private final Unfinished unfinished = new Unfinished(Duration.ofSeconds(30), 100, () -> nanoTime);
    private final List<String> ended = new ArrayList<>();

    private void advance(Duration duration) {
        nanoTime += duration.toNanos();
    }

    private Arrival begin(String name, long bytes) {
        return unfinished.begin(bytes, (arrival, why) -> ended.add(name + " " + why));
    }

    @Test
    void a_request_ends_when_its_time_is_over() {
        begin("first", 1);
        advance(Duration.ofSeconds(20));
        begin("second", 1);
        advance(Duration.ofSeconds(9));
        unfinished.sweep();
        assertThat(ended).isEmpty();

        advance(Duration.ofSeconds(1));
        unfinished.sweep();
        assertThat(ended).containsExactly("first " + End.TIME);

        advance(Duration.ofSeconds(20));
        unfinished.sweep();
        assertThat(ended).containsExactly("first " + End.TIME, "second " + End.TIME);
        assertThat(unfinished.held()).isZero();
    }

    @Test
    void further_bytes_do_not_extend_its_time() {
        Arrival first = begin("first", 1);
        advance(Duration.ofSeconds(29));
        first.grow(1);
        advance(Duration.ofSeconds(1));

        unfinished.sweep();

        assertThat(ended).containsExactly("first " + End.TIME);
    }

    @Test
    void the_oldest_are_ended_for_new_ones() {
        begin("first", 50);
        begin("second", 50);
        assertThat(ended).isEmpty();

        begin("third", 60);

        assertThat(ended).containsExactly("first " + End.ROOM, "second " + End.ROOM);
        assertThat(unfinished.held()).isEqualTo(60);
    }

    @Test
    void the_oldest_are_ended_for_one_that_grows() {
        begin("first", 10);
        Arrival second = begin("second", 10);

        second.grow(81);

        assertThat(ended).containsExactly("first " + End.ROOM);
        assertThat(unfinished.held()).isEqualTo(91);
    }

    @Test
    void one_that_is_larger_than_the_limit_ends_itself() {
        Arrival only = begin("only", 10);
        only.grow(91);
        only.grow(1);
        only.end();

        assertThat(ended).containsExactly("only " + End.ROOM);
        assertThat(unfinished.held()).isZero();
    }

    @Test
    void one_that_has_arrived_holds_nothing_and_is_not_ended() {
        Arrival first = begin("first", 100);
        first.end();
        first.end();
        first.grow(5);
        begin("second", 100);
        advance(Duration.ofSeconds(30));
        unfinished.sweep();

        assertThat(ended).containsExactly("second " + End.TIME);
        assertThat(unfinished.held()).isZero();
    }

    @Test
    void the_callback_may_begin_and_end_others() {
        unfinished.begin(100, (arrival, why) -> {
            arrival.end();
            begin("other", 1);
        });
        begin("next", 90);

        assertThat(ended).isEmpty();
        assertThat(unfinished.held()).isEqualTo(91);
    }
}
