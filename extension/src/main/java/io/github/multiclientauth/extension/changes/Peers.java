package io.github.multiclientauth.extension.changes;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The other nodes that have told this one of changes. Each numbers its messages and sends one every few seconds, so that this
 * node notices if one is missing: the other was killed before it could tell, or the network was cut.
 */
final class Peers {

    /** After this time without a message, a node may have been killed. */
    static final long SILENCE = Duration.ofSeconds(10).toMillis();

    /** Nodes that were killed are remembered, in case they were only cut off. */
    private static final int MAX_PEERS = 1_000;

    private record Peer(long number, long heardAt, boolean silent) {}

    private final Map<String, Peer> peers = new LinkedHashMap<>();
    private final long begin;

    /** @param begin when this node began to listen, in milliseconds */
    Peers(long begin) {
        this.begin = begin;
    }

    /** Returns whether no earlier message of that node is missing. */
    synchronized boolean hear(String node, long number, long now) {
        Peer known = peers.remove(node);
        if (peers.size() >= MAX_PEERS) {
            peers.remove(peers.keySet().iterator().next());
        }
        peers.put(node, new Peer(known == null ? number : Math.max(number, known.number()), now, false));
        return known == null ? number == 1 || now - begin < SILENCE : number <= known.number() + 1;
    }

    /** A node has said that it stops, and has told everything. */
    synchronized void leave(String node) {
        peers.remove(node);
    }

    /** Returns whether a node has become silent since the last call. */
    synchronized boolean isOneSilent(long now) {
        boolean found = false;
        for (Map.Entry<String, Peer> entry : peers.entrySet()) {
            Peer peer = entry.getValue();
            if (!peer.silent() && now - peer.heardAt() > SILENCE) {
                entry.setValue(new Peer(peer.number(), peer.heardAt(), true));
                found = true;
            }
        }
        return found;
    }
}
