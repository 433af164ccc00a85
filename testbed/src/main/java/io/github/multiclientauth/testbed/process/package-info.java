/** Child processes that always end when the launcher ends, even if it is killed. */
package io.github.multiclientauth.testbed.process;
