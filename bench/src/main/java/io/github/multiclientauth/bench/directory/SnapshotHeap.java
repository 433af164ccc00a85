package io.github.multiclientauth.bench.directory;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.DirectorySnapshot;
import io.github.multiclientauth.facade.directory.ClientSecrets;
import io.github.multiclientauth.facade.directory.DirectorySource;
import io.github.multiclientauth.facade.directory.DirectorySource.Fetched;
import io.github.multiclientauth.facade.directory.LiveDirectory;
import io.github.multiclientauth.facade.seal.Secret;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The memory that the facade needs for a document, measured in this process with the facade's own code. */
final class SnapshotHeap {

    /** The number of applications in all copies of a snapshot. With fewer, other things on the heap would distort the result. */
    private static final int APPLICATIONS = 40_000;

    /** The number of garbage collections. Some objects become garbage only after an earlier one. */
    private static final int COLLECTIONS = 5;

    private SnapshotHeap() {}

    /**
     * The size of one snapshot in bytes. It has no client secrets, because those are the operator's settings.
     *
     * @param applications about how many applications the document has
     */
    static long bytes(String document, int applications) throws IOException {
        int copies = Math.max(1, APPLICATIONS / applications);
        List<DirectorySnapshot> kept = new ArrayList<>(copies);
        long before = used();
        for (int i = 0; i < copies; i++) {
            kept.add(snapshot(document));
        }
        long bytes = (used() - before) / copies;
        if (!kept.stream().allMatch(DirectorySnapshot::isReady)) {
            throw new IOException("The facade could not read the document");
        }
        return bytes;
    }

    private static DirectorySnapshot snapshot(String document) {
        DirectorySource source = tag -> new Fetched.Document(document, Optional.empty());
        Optional<Secret> secret = Optional.of(new Secret("the secret of a benchmark"));
        ClientSecrets secrets = (ClientId client) -> secret;
        LiveDirectory directory =
                new LiveDirectory(source, secrets, client -> {}, Duration.ofHours(1), Clock.systemUTC(), event -> {});
        directory.poll();
        return directory.snapshot();
    }

    private static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
