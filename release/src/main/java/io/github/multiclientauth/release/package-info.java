/** Makes the folder with everything that a release is, and changes the version in all places that name it. */
package io.github.multiclientauth.release;
