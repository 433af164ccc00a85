/** What an operator's monitoring reads: counters and timers, whose labels are never what a stranger wrote. */
package io.github.multiclientauth.facade.metrics;
