import { current, refresh, stateOf, subscribe } from './session.js';

/** A store of `{ data, status, error }`. It follows Svelte's store contract, so that components read it as `$session`. */
export function sessionStore(initial) {
  const first = stateOf(initial);
  return {
    subscribe(run) {
      run(current(first));
      return subscribe(run, first);
    },
    update: refresh,
  };
}

/** The store for pages without a session from the server. */
export const session = /* @__PURE__ */ sessionStore();
