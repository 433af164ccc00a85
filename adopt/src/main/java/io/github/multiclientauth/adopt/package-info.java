/** The command that prepares a realm that exists: each step can look, be made and be taken back. */
package io.github.multiclientauth.adopt;
