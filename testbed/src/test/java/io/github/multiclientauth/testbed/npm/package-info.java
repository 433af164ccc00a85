/** Runs the JavaScript: the tests of the npm package, and the example application. */
package io.github.multiclientauth.testbed.npm;
