/** What {@code GET /api/auth/session} costs: real servers side by side, measured in the kernel's account of CPU time. */
package io.github.multiclientauth.bench;
