package io.github.multiclientauth.testbed.process;

import java.io.IOException;
import java.io.InputStream;

/**
 * A Java agent that ends its process as soon as standard input ends.
 *
 * <p>The launcher holds the other end of that pipe and writes nothing. When the launcher ends, the kernel closes the pipe, even after
 * {@code kill -9}, when no shutdown hook runs. Rejected: {@code PR_SET_PDEATHSIG} (Linux only), process groups (Maven shares its own), a
 * watchdog that polls process ids (they are reused).
 *
 * <p>It is loaded alone into other programs, so it uses only the JDK.
 */
public final class Lifeline {

    /** The exit status of a process whose launcher has ended, like {@code 128 + SIGHUP} in a shell. */
    static final int LAUNCHER_GONE = 129;

    private Lifeline() {}

    /** The JVM calls it before the program's main method. */
    public static void premain(String arguments) {
        InputStream launcher = System.in;
        Thread watch = new Thread(() -> holdUntilEnd(launcher), "lifeline");
        watch.setDaemon(true);
        watch.start();
    }

    private static void holdUntilEnd(InputStream launcher) {
        try {
            byte[] ignored = new byte[64];
            while (launcher.read(ignored) >= 0) {
                // The launcher never sends anything. Data that arrives only means that it still runs.
            }
        } catch (IOException pipeBroken) {
            // Treated like the end of the input.
        }
        // Not exit(), because a shutdown hook that hangs would keep the process, and the launcher no longer waits for
        // an orderly end.
        Runtime.getRuntime().halt(LAUNCHER_GONE);
    }
}
