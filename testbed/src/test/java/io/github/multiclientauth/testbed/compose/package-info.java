/** {@code docker-compose.yml} as an operator runs it, in real containers. */
package io.github.multiclientauth.testbed.compose;
