/** Tests of the files that ship: their content, and their bills of materials. */
package io.github.multiclientauth.testbed.shipped;
