/** What the stand-in provider and the demo applications share as web servers: where they listen and what they send. */
package io.github.multiclientauth.testbed.web;
