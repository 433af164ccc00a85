package io.github.multiclientauth.extension.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.changes.Change.RealmChanged;
import io.github.multiclientauth.extension.changes.Change.SessionEnded;
import io.github.multiclientauth.extension.changes.Change.UserChanged;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryTest {

    private static final long START = 1_764_460_000_000L;
    private static final long LATER = START + RealmMemory.OVERLAP + 1;
    private static final Change CHANGE = new UserChanged("somebody");

    private final AdjustableClock clock = new AdjustableClock();
    private final Memory memory = new Memory(clock);

    @Test
    void tells_what_has_changed_since_the_last_answer() {
        memory.begin();
        clock.now = LATER;
        long before = memory.since("realm", OptionalLong.empty()).now();
        clock.now += 10;
        memory.note("realm", CHANGE);
        clock.now += 10;

        assertThat(memory.since("realm", OptionalLong.of(before)))
                .isEqualTo(new Memory.Answer(
                        LATER + 20, START + RealmMemory.OVERLAP, List.of(new Noted(LATER + 10, CHANGE))));
    }

    @Test
    void knows_what_may_have_ended_a_session() {
        memory.begin();
        clock.now = LATER;
        memory.note("realm", CHANGE);

        assertThat(memory.knows("realm", CHANGE::equals, LATER)).isTrue();
        assertThat(memory.knows("realm", CHANGE::equals, LATER + RealmMemory.OVERLAP))
                .isTrue();
        assertThat(memory.knows("realm", CHANGE::equals, LATER + RealmMemory.OVERLAP + 1))
                .isFalse();
        assertThat(memory.knows("realm", change -> false, LATER)).isFalse();
        assertThat(memory.knows("other", CHANGE::equals, LATER)).isFalse();
    }

    @Test
    void may_have_missed_what_happened_before_it_began() {
        memory.begin();
        clock.now = LATER;

        assertThat(memory.knows("realm", change -> false, START)).isTrue();
        clock.now = LATER + RealmMemory.KEPT;
        assertThat(memory.knows("realm", change -> false, START)).isFalse();
    }

    @Test
    void does_not_tell_what_is_older_than_the_overlap() {
        memory.begin();
        memory.note("realm", CHANGE);

        assertThat(changes(START + RealmMemory.OVERLAP)).containsExactly(CHANGE);
        assertThat(changes(START + RealmMemory.OVERLAP + 1)).isEmpty();
    }

    @Test
    void tells_everything_that_it_remembers_if_no_time_is_given() {
        memory.note("realm", CHANGE);
        clock.now += RealmMemory.KEPT;

        assertThat(memory.since("realm", OptionalLong.empty()).changes()).containsExactly(new Noted(START, CHANGE));
    }

    @Test
    void tells_nothing_of_other_realms() {
        memory.note("other", CHANGE);

        assertThat(changes(START)).isEmpty();
    }

    @Test
    void keeps_the_last_time_of_a_change() {
        memory.note("realm", CHANGE);
        clock.now += 10;
        memory.note("realm", CHANGE);

        assertThat(memory.since("realm", OptionalLong.of(START)).changes())
                .containsExactly(new Noted(START + 10, CHANGE));
    }

    @Test
    void remembers_nothing_before_it_has_begun() {
        assertThat(memory.since("realm", OptionalLong.empty()).since()).isEqualTo(START);
        clock.now += RealmMemory.KEPT;
        assertThat(memory.since("realm", OptionalLong.empty()).since()).isEqualTo(clock.now);
    }

    @Test
    void says_that_it_does_not_remember_what_was_before_a_new_start() {
        memory.begin();
        memory.note("realm", CHANGE);
        clock.now += 60_000;
        memory.begin();
        clock.now += 60_000;

        assertThat(memory.since("realm", OptionalLong.of(START)))
                .isEqualTo(new Memory.Answer(START + 120_000, START + 60_000 + RealmMemory.OVERLAP, List.of()));
    }

    @Test
    void does_not_say_that_it_remembers_longer_than_it_keeps_changes() {
        memory.begin();
        clock.now += 10 * RealmMemory.KEPT;

        assertThat(memory.since("realm", OptionalLong.empty()).since()).isEqualTo(clock.now - RealmMemory.KEPT);
    }

    @Test
    void turns_a_flood_into_one_change_of_the_realm() {
        memory.begin();
        users(10 * RealmMemory.MAX_CHANGES).forEach(user -> memory.note("realm", user));
        clock.now += 10;
        memory.note("realm", new SessionEnded("sid"));

        assertThat(memory.since("realm", OptionalLong.of(START)).changes())
                .containsExactly(new Noted(START + 10, new RealmChanged()));
    }

    @Test
    void notes_single_changes_again_after_a_flood() {
        users(10 * RealmMemory.MAX_CHANGES).forEach(user -> memory.note("realm", user));
        clock.now += 1_000;
        memory.note("realm", CHANGE);

        assertThat(changes(START)).containsExactly(new RealmChanged(), CHANGE);
    }

    @Test
    void a_flood_does_not_touch_other_realms() {
        memory.note("other", CHANGE);
        users(10 * RealmMemory.MAX_CHANGES).forEach(user -> memory.note("realm", user));

        assertThat(memory.since("other", OptionalLong.of(START)).changes()).containsExactly(new Noted(START, CHANGE));
    }

    /** A facade that asks each second gets all of them. One that asks less often is told that some are missing. */
    @Test
    void forgets_the_oldest_changes_of_a_steady_stream_and_says_so() {
        memory.begin();
        users(RealmMemory.MAX_CHANGES).forEach(user -> {
            memory.note("realm", user);
            clock.now += 20;
        });
        long lastAnswer = clock.now - 1_000;
        memory.note("realm", CHANGE);

        Memory.Answer answer = memory.since("realm", OptionalLong.of(lastAnswer));
        assertThat(answer.since()).isEqualTo(START + RealmMemory.OVERLAP + 1).isLessThan(lastAnswer);
        assertThat(answer.changes()).hasSizeGreaterThan(250).doesNotContain(new Noted(clock.now, new RealmChanged()));
        assertThat(memory.since("realm", OptionalLong.empty()).changes()).hasSize(RealmMemory.MAX_CHANGES);
    }

    @Test
    void starts_anew_rather_than_to_remember_too_many_realms() {
        memory.begin();
        clock.now += 60_000;
        IntStream.rangeClosed(0, Memory.MAX_REALMS).forEach(i -> memory.note("realm-" + i, CHANGE));

        assertThat(memory.since("realm-0", OptionalLong.empty()))
                .isEqualTo(new Memory.Answer(clock.now, clock.now, List.of()));
    }

    @Test
    void gives_up_realms_without_a_recent_change_first() {
        memory.begin();
        IntStream.range(0, Memory.MAX_REALMS).forEach(i -> memory.note("realm-" + i, CHANGE));
        clock.now += 2 * RealmMemory.KEPT;
        memory.note("realm", CHANGE);

        assertThat(memory.since("realm", OptionalLong.empty()).since()).isEqualTo(clock.now - RealmMemory.KEPT);
    }

    @Test
    void its_time_does_not_go_back_with_the_clock() {
        long before = memory.since("realm", OptionalLong.empty()).now();
        clock.now -= 60_000;
        memory.note("realm", CHANGE);

        assertThat(changes(before)).containsExactly(CHANGE);
    }

    private List<Change> changes(long since) {
        return memory.since("realm", OptionalLong.of(since)).changes().stream()
                .map(Noted::change)
                .toList();
    }

    private static List<Change> users(int number) {
        return IntStream.range(0, number)
                .<Change>mapToObj(i -> new UserChanged("user-" + i))
                .toList();
    }

    private static final class AdjustableClock extends Clock {

        private long now = START;

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
