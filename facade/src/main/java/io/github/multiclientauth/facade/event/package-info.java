/** Values for what an operator wants to know; all packages may report them. */
package io.github.multiclientauth.facade.event;
