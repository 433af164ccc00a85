/**
 * Sealing: values that travel through a browser and that only the facade (and, for sessions, the application's own
 * server) can read or make. Each kind of value has its own key, so that none can stand in for another.
 */
package io.github.multiclientauth.facade.seal;
