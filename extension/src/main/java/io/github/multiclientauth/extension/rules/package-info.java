/**
 * Which identity providers an application may use, enforced wherever a sign-in can enter; for clients that have not opted
 * in nothing is different.
 */
package io.github.multiclientauth.extension.rules;
