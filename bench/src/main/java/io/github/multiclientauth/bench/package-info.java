/** Benchmarks of {@code GET /api/auth/session}: real servers side by side, measured by the CPU time that the kernel counts. */
package io.github.multiclientauth.bench;
