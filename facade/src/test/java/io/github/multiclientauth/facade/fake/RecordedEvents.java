package io.github.multiclientauth.facade.fake;

import io.github.multiclientauth.facade.event.Event;
import io.github.multiclientauth.facade.event.Events;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was reported, in order. */
public final class RecordedEvents implements Events {

    private final List<Event> all = new CopyOnWriteArrayList<>();

    @Override
    public void report(Event event) {
        all.add(event);
    }

    public List<Event> all() {
        return all;
    }

    /** The events of one type, in order. */
    public <E extends Event> List<E> of(Class<E> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Forgets what was reported so far. */
    public void clear() {
        all.clear();
    }
}
