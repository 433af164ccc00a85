import type { AuthSession, SessionState } from './session.js';

export type { AuthSession, AuthUser, Session, SessionState } from './session.js';

/**
 * The session of this page as `{ data, status, error, update }`, with the names of Auth.js. It needs no provider around it:
 * all components share one question to the facade.
 *
 * @param initial the session that the server has rendered the page with, such as the result of `auth()`
 */
export function useSession(initial?: AuthSession | null): SessionState & {
  /** Asks the facade now. */
  update(): Promise<SessionState>;
};
