/** Reverse proxies as operators run them: the real programs, with the configuration that the documentation shows. */
package io.github.multiclientauth.testbed.proxy;
