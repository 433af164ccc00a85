import type { AuthSession } from './session.js';

export type { AuthSession, AuthUser } from './session.js';

export type AuthClientErrorCode =
  | 'unreachable'
  | 'not_registered'
  | 'no_facade'
  | 'unavailable'
  | 'cookies_blocked'
  | 'unknown_provider'
  | 'invalid_url';

/** Says why a call failed; `code` is for programs, `message` for developers. */
export class AuthClientError extends Error {
  readonly name: 'AuthClientError';
  readonly code: AuthClientErrorCode;
  /** HTTP status of the answer, if there was one. */
  readonly status?: number;
}

export interface ClientSettings {
  /** Origin of a central facade, such as `https://auth.example.com`; by default the page's own. */
  baseUrl?: string;
  /** By default `/api/auth`. */
  basePath?: string;
}

export function configure(settings?: ClientSettings): void;

/** The session, or `null` if nobody is signed in. Rejects with an {@link AuthClientError} if that is unknown. */
export function getSession(): Promise<AuthSession | null>;

/** Aliases of identity providers. */
export type ProviderId = 'github' | 'google' | 'facebook' | 'linkedin' | 'auth0' | 'keycloak' | (string & {});

export interface SignInOptions {
  /** Where to go afterwards; by default back to this page. Must be at an origin of the application. */
  redirectTo?: string;
  /** @deprecated Auth.js 4's name of `redirectTo`. */
  callbackUrl?: string;
  /** `false`: stay on this page and return the address. */
  redirect?: boolean;
  [field: string]: string | boolean | undefined;
}

export type AuthorizationParams = Partial<
  Record<'login_hint' | 'prompt' | 'ui_locales' | 'max_age' | 'acr_values', string>
>;

export interface SignInResult {
  error: string | undefined;
  code: string | undefined;
  status: number;
  ok: boolean;
  /** Where to go to sign in; `null` if there is an error. */
  url: string | null;
}

export function signIn(
  provider: ProviderId | undefined,
  options: SignInOptions & { redirect: false },
  authorizationParams?: AuthorizationParams,
): Promise<SignInResult>;
export function signIn(
  provider?: ProviderId,
  options?: SignInOptions,
  authorizationParams?: AuthorizationParams,
): Promise<undefined>;

export interface SignOutOptions {
  redirectTo?: string;
  /** @deprecated Auth.js 4's name of `redirectTo`. */
  callbackUrl?: string;
  redirect?: boolean;
}

export function signOut(options: SignOutOptions & { redirect: false }): Promise<{ url: string }>;
export function signOut(options?: SignOutOptions): Promise<undefined>;
