/**
 * Identity providers in plain Java: which belong to which client, which are at the same server, what one lends to another, and what a rule
 * allows.
 */
package io.github.multiclientauth.extension.provider;
