/** Shows that what was started does its main job: a person signs in, and the application learns who. */
package io.github.multiclientauth.testbed.proof;
