package io.github.multiclientauth.extension.directory;

import java.util.List;

/** A way to read the clients of a realm that have opted in. */
interface ClientReading {

    /**
     * In no particular order.
     *
     * @param realm whose clients these are; nothing is changed in it
     */
    List<Registration> read(RealmTransactions realm);
}
