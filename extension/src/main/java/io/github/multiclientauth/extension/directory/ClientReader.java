package io.github.multiclientauth.extension.directory;

import io.github.multiclientauth.extension.listing.Registration;
import java.util.List;

/** Reads the clients of a realm that have opted in. */
interface ClientReader {

    /**
     * In no particular order.
     *
     * @param realm whose clients these are; nothing is changed in it
     */
    List<Registration> read(RealmTransactions realm);
}
