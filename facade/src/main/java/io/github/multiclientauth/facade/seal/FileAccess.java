package io.github.multiclientauth.facade.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Who may have access to a file with a secret in it.
 *
 * <p>The rule is that of PostgreSQL for its private key: a file of the facade's own user is for that user alone, and one that
 * belongs to root may be readable for a group, which is how Kubernetes ({@code fsGroup}) and Debian ({@code ssl-cert}) give a
 * service a file that it cannot change. A symbolic link counts as the file that it leads to. Where the file system has no
 * such permissions nothing is checked.
 *
 * @see <a href="https://www.postgresql.org/docs/current/ssl-tcp.html">PostgreSQL, Secure TCP/IP Connections with SSL</a>
 */
public enum FileAccess {

    /** Nobody but the facade's user and root. */
    OWNER_ALONE,

    /** Anybody: the operator says that the file is protected in another way, by the walls of a container for example. */
    ANYBODY;

    /** The setting that says which of the two counts. */
    public static final String SETTING = "mca.secret-files.allow-other-readers";

    private static final String VIEW = "unix";
    private static final int ROOT = 0;
    private static final int PERMISSIONS = 0777;
    private static final int GROUP_AND_OTHERS = 077;
    /** All but reading by the group. */
    private static final int WHAT_ROOT_MAY_NOT_GIVE = 037;

    /** @param allowOtherReaders what the setting says */
    public static FileAccess allowingOthers(boolean allowOtherReaders) {
        return allowOtherReaders ? ANYBODY : OWNER_ALONE;
    }

    /**
     * What is wrong with the permissions of a file, and what to do about it; empty if nothing is.
     *
     * @throws IOException if they cannot be read
     */
    public Optional<String> problem(Path file) throws IOException {
        if (this == ANYBODY
                || !file.getFileSystem().supportedFileAttributeViews().contains(VIEW)) {
            return Optional.empty();
        }
        Map<String, Object> attributes = Files.readAttributes(file, VIEW + ":mode,uid");
        return problem(file, (int) attributes.get("mode") & PERMISSIONS, (int) attributes.get("uid"), ownUser());
    }

    static Optional<String> problem(Path file, int mode, int owner, Optional<Integer> user) {
        boolean own = user.filter(id -> id == owner).isPresent();
        int forbidden = owner == ROOT && !own ? WHAT_ROOT_MAY_NOT_GIVE : GROUP_AND_OTHERS;
        if ((mode & forbidden) != 0) {
            return Optional.of("%s is open to other users (mode %03o): run chmod 600 %s%s"
                    .formatted(file, mode, file, unlessThePlatformDecides()));
        }
        if (owner != ROOT && user.isPresent() && !own) {
            return Optional.of("%s belongs to another user (id %d): give it to the facade's user, with chown%s"
                    .formatted(file, owner, unlessThePlatformDecides()));
        }
        return Optional.empty();
    }

    private static String unlessThePlatformDecides() {
        return ". Where a container platform decides on that, set " + SETTING + "=true";
    }

    /** The numeric id of the facade's user; empty where the system does not tell (only Linux does). */
    private static Optional<Integer> ownUser() {
        try {
            return Optional.of((int) Files.getAttribute(Path.of("/proc/self"), VIEW + ":uid"));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
