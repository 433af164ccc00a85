/** Messages for the operator: every message has an id, and none contains a secret. */
package io.github.multiclientauth.facade.log;
