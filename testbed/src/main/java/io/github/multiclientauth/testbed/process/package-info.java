/** Child processes that never outlive the launcher: however it ends, they end. */
package io.github.multiclientauth.testbed.process;
