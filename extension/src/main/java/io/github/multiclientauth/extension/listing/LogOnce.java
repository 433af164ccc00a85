package io.github.multiclientauth.extension.listing;

import java.util.HashSet;
import java.util.Set;

/** Logs each message once, since the directory is read every few seconds. */
public final class LogOnce {

    /** Then it starts again. What is still wrong may be logged again, and the memory cannot fill up. */
    private static final int MAX_REMEMBERED = 1_000;

    private final Set<String> logged = new HashSet<>();

    public synchronized void log(String key, Runnable message) {
        if (logged.size() >= MAX_REMEMBERED) {
            logged.clear();
        }
        if (logged.add(key)) {
            message.run();
        }
    }
}
