package io.github.multiclientauth.extension.changes;

/**
 * A change and when it reached this node, which is never before it was committed. Sessions that were confirmed until then
 * may not know of it.
 *
 * @param at in milliseconds
 */
record Noted(long at, Change change) {}
