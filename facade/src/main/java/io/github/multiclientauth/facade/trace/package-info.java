/** Spans for operators that have a collector. Made by hand, so that they contain only what is written here. */
package io.github.multiclientauth.facade.trace;
