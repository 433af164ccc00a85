/** Starts the whole chain on loopback, for the demo and for the end-to-end tests, and shows it to people. */
package io.github.multiclientauth.testbed.launch;
