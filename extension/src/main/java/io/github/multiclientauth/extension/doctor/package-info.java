/** What is wrong with the way a realm and its applications are set up. Plain Java: what there is, is told by others. */
package io.github.multiclientauth.extension.doctor;
