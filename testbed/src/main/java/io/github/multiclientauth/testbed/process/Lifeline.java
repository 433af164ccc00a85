package io.github.multiclientauth.testbed.process;

import java.io.IOException;
import java.io.InputStream;

/**
 * A Java agent that ends its process as soon as standard input ends.
 *
 * <p>The launcher holds the other end of that pipe and writes nothing. When the launcher goes, the kernel closes the
 * pipe, also after {@code kill -9}, where no shutdown hook runs. Rejected: {@code PR_SET_PDEATHSIG} (Linux only),
 * process groups (Maven shares its own), a watchdog that polls process ids (they are reused).
 *
 * <p>Loaded alone into a foreign process: it uses nothing but the JDK.
 */
public final class Lifeline {

    /** How a process that lost its launcher reports it, as {@code 128 + SIGHUP} would be in a shell. */
    static final int LAUNCHER_GONE = 129;

    private Lifeline() {}

    /** Called by the JVM before the program's own main method. */
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
                // Nothing is ever sent; whatever arrives means that the launcher is there.
            }
        } catch (IOException pipeBroken) {
            // The same as its end.
        }
        // Not exit(): nobody waits for an orderly end any more, and a hook that hangs would keep the process.
        Runtime.getRuntime().halt(LAUNCHER_GONE);
    }
}
