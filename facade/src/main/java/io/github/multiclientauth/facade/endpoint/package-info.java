/** The endpoints of the contract, one class each, and what every request goes through before its endpoint answers. */
package io.github.multiclientauth.facade.endpoint;
