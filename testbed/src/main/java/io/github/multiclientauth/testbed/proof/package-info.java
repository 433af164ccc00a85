/** Tests the main function of a running chain: a person signs in, and the application gets to know who it is. */
package io.github.multiclientauth.testbed.proof;
