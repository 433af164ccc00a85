/**
 * The rules which identity providers an application may use, wherever a sign-in can enter. For clients that have not opted in nothing is
 * different.
 */
package io.github.multiclientauth.extension.rules;
