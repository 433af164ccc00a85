/** Draws the packages of extension and facade, floor by floor. */
package io.github.multiclientauth.testbed.architecture;
