package io.github.multiclientauth.facade.fake;

import io.github.multiclientauth.facade.oidc.SiblingSessions;
import io.github.multiclientauth.origin.Origin;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The sessions of one user, as a test makes them up. Those that end, end in the keeper too. */
public final class FakeSiblingSessions implements SiblingSessions {

    private final FakeSessionKeeper keeper;
    private final Clock clock;
    private final List<Sibling> others = new CopyOnWriteArrayList<>();
    private final List<Asker> lists = new CopyOnWriteArrayList<>();
    private volatile boolean away;
    private volatile boolean over;
    private volatile boolean impersonated;
    private volatile int more;
    private volatile int left;

    FakeSiblingSessions(FakeSessionKeeper keeper, Clock clock) {
        this.keeper = keeper;
        this.clock = clock;
    }

    /** Another session of the user, at these applications. */
    public void add(String sid, String... applications) {
        others.add(sibling(sid, applications));
    }

    /** How many further sessions there are, and how many do not end in time. */
    public void very(int many, int slow) {
        more = many;
        left = slow;
    }

    /** The session that asks has ended. */
    public void end() {
        over = true;
    }

    /** The session that asks is one of an administrator. */
    public void impersonate() {
        impersonated = true;
    }

    /** The questions for the list. */
    public List<Asker> lists() {
        return lists;
    }

    void goAway() {
        away = true;
    }

    void comeBack() {
        away = false;
    }

    private Sibling sibling(String sid, String... applications) {
        return new Sibling(
                sid,
                clock.instant().minus(Duration.ofHours(3)),
                clock.instant().minus(Duration.ofMinutes(3)),
                Optional.of("192.0.2.7"),
                Optional.of("Firefox 133"),
                Optional.of("Linux"),
                "github",
                false,
                impersonated,
                List.of(applications).stream()
                        .map(name -> new Place(name, Origin.parse("https://" + name + ".example.com")))
                        .toList());
    }

    private static boolean isSeen(Asker asking, Sibling sibling) {
        return !asking.ofClientOnly()
                || sibling.places().stream()
                        .anyMatch(place -> place.name().equals(asking.client().value()));
    }

    @Override
    public Listing list(Asker asking) {
        lists.add(asking);
        if (away) {
            return new Listing.Unlisted("away");
        }
        if (over) {
            return new Listing.Over();
        }
        List<Sibling> all = new ArrayList<>(List.of(sibling(asking.sid(), "portfolio")));
        others.stream().filter(other -> isSeen(asking, other)).forEach(all::add);
        return new Listing.Listed(all, more);
    }

    @Override
    public Ending end(Asker asking, String sid) {
        if (away) {
            return new Ending.Failed("away");
        }
        return others.removeIf(other -> other.sid().equals(sid) && isSeen(asking, other))
                ? ended(List.of(sid), 0)
                : new Ending.Gone();
    }

    @Override
    public Ending endOthers(Asker asking) {
        if (away) {
            return new Ending.Failed("away");
        }
        List<String> seen = others.stream()
                .filter(other -> isSeen(asking, other))
                .map(Sibling::sid)
                .toList();
        others.removeIf(other -> seen.contains(other.sid()));
        return ended(seen, left);
    }

    private Ending ended(List<String> sids, int left) {
        sids.forEach(keeper::end);
        return new Ending.Ended(sids, left);
    }
}
