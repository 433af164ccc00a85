/** Checks that what the documentation says exists: links, commands, settings, log ids and tests. */
package io.github.multiclientauth.testbed.docs;
