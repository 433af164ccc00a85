import { computed, getCurrentScope, onScopeDispose, shallowRef } from 'vue';
import { current, refresh, stateOf, subscribe } from './session.js';

/** The session as refs `{ data, status, error }` and the function `update`. */
export function useSession(initial) {
  const first = stateOf(initial);
  const state = shallowRef(current(first));
  const end = subscribe((now) => {
    state.value = now;
  }, first);
  if (getCurrentScope()) {
    onScopeDispose(end);
  }
  const part = (name) => computed(() => state.value[name]);
  return { data: part('data'), status: part('status'), error: part('error'), update: refresh };
}
