import type { AuthSession } from './session.js';

export type { AuthSession, AuthUser } from './session.js';

/** Says which setting of an application's server is missing or wrong. */
export class AuthConfigError extends Error {
  readonly name: 'AuthConfigError';
}

/** Says that it is unknown who is signed in: `unavailable` may pass, `refused` is caused by a wrong setting. */
export class AuthServerError extends Error {
  readonly name: 'AuthServerError';
  readonly code: 'unavailable' | 'refused';
  readonly status?: number;
}

export interface AuthOptions {
  /**
   * `decode`, the default: opens the cookie with the application's secret, without any request. `ask`: asks the facade,
   * which knows who has signed out.
   */
  mode?: 'decode' | 'ask';
  /** The application's own secret, or several, newest first. By default `AUTH_SECRET_3` to `_1`, then `AUTH_SECRET`. */
  secret?: string | string[];
  /** The application's origin. By default that of `AUTH_URL` or `AUTH_ORIGIN`. */
  origin?: string;
  /** The application's client id. If set here or in `AUTH_KEYCLOAK_ID`, sessions of other clients are ignored. */
  clientId?: string;
  /** Whether other clients use the same host name on other ports. By default `AUTH_SHARED_HOST`. */
  sharedHost?: boolean;
  /** `ask` only: address of the facade. By default `AUTH_FACADE_URL`, otherwise the application's own origin. */
  facadeUrl?: string;
  /** `ask` only: path of the facade's endpoints; by default `/api/auth`. */
  basePath?: string;
  /** `ask` only: time limit in milliseconds; by default 5000. */
  timeout?: number;
  /** `ask` only: replaces the global `fetch`. */
  fetch?: typeof fetch;
}

/** A `Request`, or a request of Node's http server or Express. */
export interface AuthRequest {
  headers: { get(name: string): string | null } | Record<string, string | string[] | undefined>;
  url?: string;
  secure?: boolean;
}

export interface Authentication {
  session: AuthSession | null;
  /** `Set-Cookie` headers to send with the answer; empty with `decode`. */
  setCookie: string[];
}

/** The session of a request, or `null`. */
export function auth(request: AuthRequest, options?: AuthOptions): Promise<AuthSession | null>;

/** Like {@link auth}, with the `Set-Cookie` headers to send with the answer. */
export function authenticate(request: AuthRequest, options?: AuthOptions): Promise<Authentication>;

/** Express middleware that sets `req.auth`. */
export function expressAuth(
  options?: AuthOptions,
): (
  request: AuthRequest & { auth?: AuthSession | null },
  response: { appendHeader(name: string, value: string): unknown; setHeader(name: string, value: string): unknown },
  next: (error?: unknown) => void,
) => Promise<void>;
