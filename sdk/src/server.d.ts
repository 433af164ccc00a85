import type { AuthSession } from './session.js';

export type { AuthSession, AuthUser } from './session.js';

/** An application's server is not set up as it must be. */
export class AuthConfigError extends Error {
  readonly name: 'AuthConfigError';
}

/** The facade could not say who is signed in: `unavailable` may pass, `refused` is a matter of settings. */
export class AuthServerError extends Error {
  readonly name: 'AuthServerError';
  readonly code: 'unavailable' | 'refused';
  readonly status?: number;
}

export interface AuthOptions {
  /**
   * `decode`, the default: open the cookie with the application's secret, asking nobody. `ask`: ask the facade, which
   * knows who has signed out.
   */
  mode?: 'decode' | 'ask';
  /** The application's own secret, or several, newest first. By default `AUTH_SECRET_3` to `_1`, then `AUTH_SECRET`. */
  secret?: string | string[];
  /** Where the application is served from. By default that of `AUTH_URL` or `AUTH_ORIGIN`. */
  origin?: string;
  /** If given, or in `AUTH_KEYCLOAK_ID`, sessions of other clients count as none. */
  clientId?: string;
  /** Whether other clients use the same host name on other ports. By default `AUTH_SHARED_HOST`. */
  sharedHost?: boolean;
  /** `ask` only: where the facade is. By default `AUTH_FACADE_URL`, else the application's own origin. */
  facadeUrl?: string;
  /** `ask` only: by default `/api/auth`. */
  basePath?: string;
  /** `ask` only: in milliseconds; by default 5000. */
  timeout?: number;
  /** `ask` only: instead of the global `fetch`. */
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
  /** Headers that belong into the answer; empty with `decode`. */
  setCookie: string[];
}

/** The session of a request, or `null`. */
export function auth(request: AuthRequest, options?: AuthOptions): Promise<AuthSession | null>;

/** As {@link auth}, with the `Set-Cookie` headers that belong into the answer. */
export function authenticate(request: AuthRequest, options?: AuthOptions): Promise<Authentication>;

/** Express middleware that sets `req.auth`. */
export function expressAuth(
  options?: AuthOptions,
): (
  request: AuthRequest & { auth?: AuthSession | null },
  response: { appendHeader(name: string, value: string): unknown; setHeader(name: string, value: string): unknown },
  next: (error?: unknown) => void,
) => Promise<void>;
