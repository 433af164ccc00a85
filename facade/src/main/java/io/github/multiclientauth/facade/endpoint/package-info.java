/** Which route does what, with the cookies that nearly every answer sets. */
package io.github.multiclientauth.facade.endpoint;
