/** The facade, as it is shipped, in a process of its own. */
package io.github.multiclientauth.testbed.facade;
