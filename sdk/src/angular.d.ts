import type { Signal } from '@angular/core';
import type { AuthSession, SessionState } from './session.js';

export type { AuthSession, AuthUser, Session, SessionState } from './session.js';
export { refresh } from './session.js';

/**
 * A signal of the session of this page: `session().status`, `session().data?.user`. Must be called in an injection context,
 * such as the initializer of a component's field.
 *
 * @param initial the session that the server has rendered the page with
 */
export function injectSession(initial?: AuthSession | null): Signal<SessionState>;
