/** Counters and timers for an operator's monitoring. Text from strangers never becomes a label. */
package io.github.multiclientauth.facade.metrics;
