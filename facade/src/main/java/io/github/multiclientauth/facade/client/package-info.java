/** The applications, and how a request is matched to one of them. */
package io.github.multiclientauth.facade.client;
