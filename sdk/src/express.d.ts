import type { AuthSession } from './session.js';

export { AccessTokenError, AuthConfigError, AuthServerError, expressAuth, getAccessToken } from './server.js';
export type { AccessToken, AccessTokenOptions, AuthOptions } from './server.js';
export type { AuthSession, AuthUser, Session } from './session.js';

declare global {
  /** The types of Express. */
  namespace Express {
    /** A request. */
    interface Request {
      /** The session, or `null` if nobody is signed in. Only behind `expressAuth()`. */
      auth: AuthSession | null;
    }
  }
}
