/**
 * The Auth.js contract as plain values: routes, parameters, cookies, answers. No server and no library types, so that
 * what a request means and what is answered can be tested without either.
 */
package io.github.multiclientauth.facade.wire;
