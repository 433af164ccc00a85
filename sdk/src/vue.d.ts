import type { ComputedRef } from 'vue';
import type { AuthSession, SessionState } from './session.js';

export type { AuthSession, AuthUser, Session, SessionState } from './session.js';

/** The refs of {@link useSession}. */
export interface SessionRefs {
  /** The session; `null` if nobody is signed in, or if that is unknown. */
  data: ComputedRef<AuthSession | null>;
  /** `loading` until the facade has answered. */
  status: ComputedRef<SessionState['status']>;
  /** Why the last question to the facade failed. */
  error: ComputedRef<SessionState['error']>;
  /** Asks the facade now. */
  update(): Promise<SessionState>;
}

/**
 * The session of this page. All components share one question to the facade.
 *
 * @param initial the session that the server has rendered the page with
 */
export function useSession(initial?: AuthSession | null): SessionRefs;
