package io.github.multiclientauth.testbed.conformance;

/**
 * A case of the table.
 *
 * @param clause the rule of a standard; the page says what the abbreviations stand for
 * @param change what is wrong, in words
 * @param act the case itself
 */
record Row<T>(String name, String clause, String change, Expected expected, Act<T> act) {

    /** Does to the facade what the row is about. */
    @FunctionalInterface
    interface Act<T> {
        void with(T trial) throws Exception;
    }

    /** The name of the test. */
    @Override
    public String toString() {
        return name;
    }
}
