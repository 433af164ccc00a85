package io.github.multiclientauth.facade.log;

import io.github.multiclientauth.facade.directory.DirectoryLog;
import jakarta.inject.Singleton;

/** Writes what the directory reports. Its texts come from Keycloak's administrators, and are made fit for a log line. */
@Singleton
public final class DirectoryMessages implements DirectoryLog {

    @Override
    public void changed(int applications) {
        Messages.LOG.directoryChanged(applications);
    }

    @Override
    public void finding(String what) {
        Messages.LOG.directoryFinding(OperatorLog.printable(what));
    }

    @Override
    public void contested(String what) {
        Messages.LOG.originContested(OperatorLog.printable(what));
    }

    @Override
    public void moreFindings(int number) {
        Messages.LOG.moreFindings(number);
    }

    @Override
    public void emptied(int before) {
        Messages.LOG.directoryEmptied(before);
    }

    @Override
    public void unreachable(String reason) {
        Messages.LOG.directoryUnreachable(OperatorLog.printable(reason));
    }

    @Override
    public void reachedAgain() {
        Messages.LOG.directoryReachedAgain();
    }

    @Override
    public void givenUp() {
        Messages.LOG.directoryGivenUp();
    }
}
