/** The command line: starts the service or runs one of its commands. */
package io.github.multiclientauth.facade;
