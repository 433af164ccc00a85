/** HTTP: turns Vert.x' requests into requests of the contract, and replies into bytes. Runs on the event loop. */
package io.github.multiclientauth.facade.web;
