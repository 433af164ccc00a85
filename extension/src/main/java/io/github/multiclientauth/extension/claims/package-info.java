/** What tokens say about a sign-in: from which origin, through which client and with which provider. */
package io.github.multiclientauth.extension.claims;
