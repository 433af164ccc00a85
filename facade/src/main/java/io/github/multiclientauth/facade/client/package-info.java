/** Which applications there are, and to which of them a request belongs. */
package io.github.multiclientauth.facade.client;
