package io.github.multiclientauth.extension.provider;

import java.util.Map;

/** What a disabled sibling lends: a whole set of credentials or nothing, never half of one beside half of another. */
public sealed interface Loan {

    /**
     * @param credentials values by configuration key; {@code null} where the lender has none, and the borrower's own must
     *     not stay
     */
    record Granted(Map<String, String> credentials) implements Loan {

        public void applyTo(Map<String, String> config) {
            credentials.forEach((key, value) -> {
                if (value == null) {
                    config.remove(key);
                } else {
                    config.put(key, value);
                }
            });
        }

        /** Without the values, which are secrets. */
        @Override
        public String toString() {
            return "Granted" + credentials.keySet();
        }
    }

    /** The shared credentials stay in use. */
    record Refused(Reason reason) implements Loan {}

    /** Why nothing is lent. */
    enum Reason {
        /** As an import leaves it whose variables are not set: no mistake. */
        NO_CLIENT_ID("it has no client id"),
        NO_SECRET("it has no client secret"),
        /** The secret would go to a server that it is not for; only the aliases are alike. */
        OTHER_SERVER("it is for another server");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
