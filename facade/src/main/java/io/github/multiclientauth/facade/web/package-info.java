/** HTTP: from Vert.x' requests to requests of the contract, and from replies to bytes. Runs on the event loop. */
package io.github.multiclientauth.facade.web;
