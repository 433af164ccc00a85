/**
 * A conformance run of our own: an OpenID provider that misbehaves on demand, a table of what a relying party must refuse, and
 * the shipped facade between them.
 */
package io.github.multiclientauth.testbed.conformance;
