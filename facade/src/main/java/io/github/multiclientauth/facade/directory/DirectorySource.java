package io.github.multiclientauth.facade.directory;

import java.util.Optional;

/** Where the directory document comes from. */
public interface DirectorySource {

    /**
     * Asks once; may block.
     *
     * @param tag the entity tag of the document that is there already, as the source gave it
     */
    Fetched fetch(Optional<String> tag);

    /** How asking ended. */
    sealed interface Fetched {

        /**
         * @param json the whole document
         * @param tag names this version of it; empty if the source has no such thing
         */
        record Document(String json, Optional<String> tag) implements Fetched {}

        /** The document is still the one with that tag. */
        record Unchanged() implements Fetched {}

        /** @param reason for the operator, without a secret */
        record Failed(String reason) implements Fetched {}
    }
}
