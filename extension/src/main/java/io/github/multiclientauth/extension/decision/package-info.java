/**
 * What is decided about a sign-in, in plain Java: whether its origin is one of the client's, how it goes on, whether an account may be linked,
 * and what tokens say.
 */
package io.github.multiclientauth.extension.decision;
