/** Steps of the build after packaging. */
package io.github.multiclientauth.facade.packaging;
