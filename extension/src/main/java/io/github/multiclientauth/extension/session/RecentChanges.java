package io.github.multiclientauth.extension.session;

/** What has changed in a realm in the last minutes, as far as this node knows. */
@FunctionalInterface
public interface RecentChanges {

    /**
     * Returns whether something that may have ended the session has happened since, or may have been missed.
     *
     * @param since in milliseconds
     */
    boolean concern(String realmId, String userId, String clientId, String sid, long since);
}
