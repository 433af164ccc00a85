/** The people with accounts at the stand-in providers. Each provider has the same people. */
package io.github.multiclientauth.testbed.provider;
