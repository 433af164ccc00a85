/** The operator's settings, and how the parts are put together from them. */
package io.github.multiclientauth.facade.config;
