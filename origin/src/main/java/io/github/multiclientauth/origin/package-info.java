/**
 * What a web origin is, in plain Java without dependencies: the extension and the facade must never disagree about it.
 */
package io.github.multiclientauth.origin;
