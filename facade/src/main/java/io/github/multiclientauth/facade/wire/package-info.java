/**
 * The Auth.js contract as plain values: requests, parameters, cookies, replies, pages. Types of servers and libraries are not
 * used, so that tests need neither.
 */
package io.github.multiclientauth.facade.wire;
