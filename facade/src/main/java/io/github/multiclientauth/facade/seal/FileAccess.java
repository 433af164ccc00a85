package io.github.multiclientauth.facade.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The users who may have access to a file that contains a secret.
 *
 * <p>The rule is PostgreSQL's rule for its private key. A file of the facade's user must be closed to all others. A
 * file of root may be readable for a group: Kubernetes ({@code fsGroup}) and Debian ({@code ssl-cert}) give a service
 * such files, which it cannot change. A symbolic link counts as its target. If the file system has no such permissions,
 * nothing is checked.
 *
 * @see <a href="https://www.postgresql.org/docs/current/ssl-tcp.html">PostgreSQL, Secure TCP/IP Connections with
 *     SSL</a>
 */
public enum FileAccess {

    /** Only the facade's user and root. */
    OWNER_ALONE,

    /** Everybody. The operator says that the file is protected in another way, for example by a container. */
    ANYBODY;

    /** The setting that chooses between the two. */
    public static final String SETTING = "mca.secret-files.allow-other-readers";

    private static final String VIEW = "unix";
    private static final int ROOT = 0;
    private static final int PERMISSIONS = 0777;
    private static final int GROUP_AND_OTHERS = 077;
    /** All permissions except reading by the group. */
    private static final int WHAT_ROOT_MAY_NOT_GIVE = 037;

    /** @param allowOtherReaders the value of the setting */
    public static FileAccess allowingOthers(boolean allowOtherReaders) {
        return allowOtherReaders ? ANYBODY : OWNER_ALONE;
    }

    /**
     * The problem with the permissions of a file, and its fix; empty if there is none.
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

    /** The numeric id of the facade's user; empty where the system does not tell it (only Linux does). */
    private static Optional<Integer> ownUser() {
        try {
            return Optional.of((int) Files.getAttribute(Path.of("/proc/self"), VIEW + ":uid"));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
