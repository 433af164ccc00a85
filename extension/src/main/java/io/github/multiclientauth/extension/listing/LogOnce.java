package io.github.multiclientauth.extension.listing;

import java.util.HashSet;
import java.util.Set;

/** Tells of each thing once: the directory is read every few seconds. */
public final class LogOnce {

    /** Then it begins anew: what nobody has fixed may be told again, and nobody can fill the memory. */
    private static final int MAX_REMEMBERED = 1_000;

    private final Set<String> told = new HashSet<>();

    public synchronized void tell(String what, Runnable telling) {
        if (told.size() >= MAX_REMEMBERED) {
            told.clear();
        }
        if (told.add(what)) {
            telling.run();
        }
    }
}
