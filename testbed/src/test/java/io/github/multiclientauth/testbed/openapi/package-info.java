/** The OpenAPI files of the facade and the extension, and what of them can be checked. */
package io.github.multiclientauth.testbed.openapi;
