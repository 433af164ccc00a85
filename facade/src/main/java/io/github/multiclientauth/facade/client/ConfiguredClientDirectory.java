package io.github.multiclientauth.facade.client;

import java.util.Collection;

/** Applications that are listed in the facade's own configuration; they change with a restart only. */
public final class ConfiguredClientDirectory implements ClientDirectory {

    private final DirectorySnapshot snapshot;

    public ConfiguredClientDirectory(Collection<Application> applications) {
        this.snapshot = DirectorySnapshot.of(applications);
    }

    @Override
    public DirectorySnapshot snapshot() {
        return snapshot;
    }
}
