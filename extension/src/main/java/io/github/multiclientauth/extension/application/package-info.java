/**
 * The application that is signing in: which client it is, which identity providers it may use and by which names, and how a refusal reaches
 * it. Clients that have not opted in are no applications, and nothing changes for them.
 */
package io.github.multiclientauth.extension.application;
