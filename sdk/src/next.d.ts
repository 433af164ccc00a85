import type { AuthOptions } from './server.js';
import type { AuthSession } from './session.js';

export { AuthConfigError, AuthServerError } from './server.js';
export type { AuthOptions } from './server.js';
export type { AuthSession, AuthUser } from './session.js';

type Handler<Req extends Request, Context, Result> = (
  request: Req & { auth: AuthSession | null },
  context: Context,
) => Result | Promise<Result>;

export interface Auth {
  /** In server components, server actions and route handlers. */
  (): Promise<AuthSession | null>;
  /** Of this request. */
  (request: Request): Promise<AuthSession | null>;
  /** Around middleware or a route handler. */
  <Req extends Request, Context = unknown, Result extends Response | void | undefined = Response>(
    handler: Handler<Req, Context, Result>,
  ): (request: Req, context: Context) => Promise<Response | Result>;
}

export function createAuth(options?: AuthOptions): Auth;

/** With settings from the environment. */
export const auth: Auth;
