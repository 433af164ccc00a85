import { useState, useSyncExternalStore } from 'react';
import { current, refresh, stateOf, subscribe } from './session.js';

/** The session as `{ data, status, error, update }`, with the names of Auth.js. */
export function useSession(initial) {
  const [{ first, follow }] = useState(() => {
    const first = stateOf(initial);
    return { first, follow: (listener) => subscribe(listener, first) };
  });
  const state = useSyncExternalStore(
    follow,
    () => current(first),
    () => first,
  );
  return { ...state, update: refresh };
}
