/** What the operator sets, and how the parts are put together from it. */
package io.github.multiclientauth.facade.config;
