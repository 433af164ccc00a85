/** Which tokens an application gets, and what they say about the sign-in: its origin, client and identity provider. */
package io.github.multiclientauth.extension.token;
