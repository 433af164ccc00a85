package io.github.multiclientauth.facade.directory;

import java.util.Optional;
import java.util.function.Function;

/** The source of the directory document. */
public interface DirectorySource {

    /**
     * Fetches the document once. May block.
     *
     * @param tag the entity tag of the document that the caller already has
     */
    Fetched fetch(Optional<String> tag);

    /** The outcome of a fetch. */
    sealed interface Fetched {

        /** The value of the function for this case. */
        <T> T match(Function<Document, T> document, Function<Unchanged, T> unchanged, Function<Failed, T> failed);

        /**
         * @param json the whole document
         * @param tag the entity tag of this version; empty if the source has none
         */
        record Document(String json, Optional<String> tag) implements Fetched {
            @Override
            public <T> T match(
                    Function<Document, T> document, Function<Unchanged, T> unchanged, Function<Failed, T> failed) {
                return document.apply(this);
            }
        }

        /** The document has not changed since that tag. */
        record Unchanged() implements Fetched {
            @Override
            public <T> T match(
                    Function<Document, T> document, Function<Unchanged, T> unchanged, Function<Failed, T> failed) {
                return unchanged.apply(this);
            }
        }

        /** @param reason for the operator, without a secret */
        record Failed(String reason) implements Fetched {
            @Override
            public <T> T match(
                    Function<Document, T> document, Function<Unchanged, T> unchanged, Function<Failed, T> failed) {
                return failed.apply(this);
            }
        }
    }
}
