/** The audit stream: a closed list of events, one JSON object a line, for auditors and security monitoring. */
package io.github.multiclientauth.facade.audit;
