import type { NextRequest } from 'next/server';
import type { AuthOptions } from './server.js';
import type { AuthSession } from './session.js';

export { AuthConfigError, AuthServerError } from './server.js';
export type { AuthOptions } from './server.js';
export type { AuthSession, AuthUser, Session } from './session.js';

/** The request that a wrapped handler gets. */
export interface NextAuthRequest extends NextRequest {
  /** The session, or `null`. */
  auth: AuthSession | null;
}

type Answer = Response | void | undefined;

/** `auth()` with the signatures of Auth.js. */
export interface Auth {
  /** The session, in server components, server actions and route handlers. */
  (): Promise<AuthSession | null>;
  /** The session of a given request. */
  (request: Request): Promise<AuthSession | null>;
  /** Wraps middleware or a route handler; `context` is what Next.js passes, such as the parameters of the route. */
  <Context = any>(
    handler: (request: NextAuthRequest, context: Context) => Answer | Promise<Answer>,
  ): (request: NextRequest, context: Context) => Promise<Response | undefined>;
}

/** Makes `auth()` with settings of its own. */
export function createAuth(options?: AuthOptions): Auth;

/** `auth()` with settings from the environment. */
export const auth: Auth;
