/** Real reverse proxies with the configuration of the documentation. */
package io.github.multiclientauth.testbed.proxy;
