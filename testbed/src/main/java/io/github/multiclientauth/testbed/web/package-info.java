/** Web server code that the stand-in providers and the demo applications share. */
package io.github.multiclientauth.testbed.web;
