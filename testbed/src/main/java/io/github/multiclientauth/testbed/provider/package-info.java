/** The people who have accounts at the stand-in providers, the same ones at each. */
package io.github.multiclientauth.testbed.provider;
