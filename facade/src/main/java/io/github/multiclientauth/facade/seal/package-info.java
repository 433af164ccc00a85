/**
 * Sealing of values that travel through a browser. Only the facade can read or make them, and for sessions the
 * application's own server. Each kind of value has its own key, so that none can replace another.
 */
package io.github.multiclientauth.facade.seal;
