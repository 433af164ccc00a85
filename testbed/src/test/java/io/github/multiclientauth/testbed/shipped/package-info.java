/** What ships, as files: what is in it, and what its bill of materials says. */
package io.github.multiclientauth.testbed.shipped;
