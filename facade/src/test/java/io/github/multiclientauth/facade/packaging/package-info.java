/** What the build does with the packaged facade. */
package io.github.multiclientauth.facade.packaging;
