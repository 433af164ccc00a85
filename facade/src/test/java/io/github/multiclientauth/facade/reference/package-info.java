/** Generated reference pages, and tests that fail when they differ from the code. */
package io.github.multiclientauth.facade.reference;
