/** Benchmarks of opening and sealing a session token, without a server. */
package io.github.multiclientauth.bench.seal;
