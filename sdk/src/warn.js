/** Prints a warning once per process, also if a bundler has copied this module. */
export function warnOnce(what, message) {
  const said = (globalThis[Symbol.for('multi-client-auth.said')] ??= new Set());
  if (!said.has(what)) {
    said.add(what);
    console.warn(`multi-client-auth: ${message}`);
  }
}

/** A name that a request has sent, for a message. */
export const quoted = (name) => `"${name.slice(0, 120)}"`;
