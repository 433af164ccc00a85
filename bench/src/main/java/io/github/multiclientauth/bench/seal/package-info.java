/** What opening and sealing a session token cost, without a server. */
package io.github.multiclientauth.bench.seal;
