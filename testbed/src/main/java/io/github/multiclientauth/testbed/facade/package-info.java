/** The shipped facade in a separate process. */
package io.github.multiclientauth.testbed.facade;
