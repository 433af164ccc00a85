/** References that are made from the code, and tests that fail when they differ from it. */
package io.github.multiclientauth.facade.reference;
