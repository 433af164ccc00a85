/**
 * The directory in plain Java: what is listed of each application, which providers it offers, and the document that is cached and sent.
 */
package io.github.multiclientauth.extension.listing;
