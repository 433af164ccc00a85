/** What the facade tells its operator: every message has an id, none has a secret. */
package io.github.multiclientauth.facade.log;
