import type { AuthSession, SessionState } from './session.js';

export type { AuthSession, AuthUser, Session, SessionState } from './session.js';

/** A readable store of Svelte. */
export interface SessionStore {
  /** Calls `run` with the state now and after each change. */
  subscribe(run: (state: SessionState) => void): () => void;
  /** Asks the facade now. */
  update(): Promise<SessionState>;
}

/** The session of this page: `$session.status`, `$session.data?.user`. */
export const session: SessionStore;

/**
 * The same store, which begins with a session from the server.
 *
 * @param initial the session that the server has rendered the page with
 */
export function sessionStore(initial?: AuthSession | null): SessionStore;
