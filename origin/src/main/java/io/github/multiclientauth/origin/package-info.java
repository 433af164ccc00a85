/**
 * What a web origin is, and a path of a page at it, in plain Java without dependencies: the extension and the facade must never disagree about it.
 */
package io.github.multiclientauth.origin;
