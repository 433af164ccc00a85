/** Spans, for operators that have a collector: made by hand, so that nothing is in them but what is written here. */
package io.github.multiclientauth.facade.trace;
