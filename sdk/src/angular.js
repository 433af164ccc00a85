import { DestroyRef, inject, signal } from '@angular/core';
import { current, stateOf, subscribe } from './session.js';

export { refresh } from './session.js';

/** A signal of `{ data, status, error }`. Must be called in an injection context, such as the field of a component. */
export function injectSession(initial) {
  const first = stateOf(initial);
  const state = signal(current(first));
  inject(DestroyRef).onDestroy(subscribe((now) => state.set(now), first));
  return state.asReadonly();
}
