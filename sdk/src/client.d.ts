import type { AuthSession } from './session.js';

export type { AuthSession, AuthUser, Session } from './session.js';

/**
 * Why a call failed:
 *
 * - `unreachable`: nothing answers
 * - `not_registered`: the facade knows no application at this origin
 * - `no_facade`: something else than the facade answers; forward `/api/auth/*` to it
 * - `unavailable`: a server error, which may pass: the facade does not run, or Keycloak does not answer
 * - `cookies_blocked`: the browser blocks the cookies of a facade at another site
 * - `unknown_provider`: the application has no such provider
 * - `invalid_url`: `redirectTo` or `baseUrl` is not a web address
 * - `invalid_demand`: `requireFresh` was called with neither `maxAge` nor `acr`, or with wrong ones
 * - `step_up_required`: the user has come back from `requireFresh` without the sign-in that it asked for
 */
export type AuthClientErrorCode =
  | 'unreachable'
  | 'not_registered'
  | 'no_facade'
  | 'unavailable'
  | 'cookies_blocked'
  | 'unknown_provider'
  | 'invalid_url'
  | 'invalid_demand'
  | 'step_up_required';

/** Says why a call failed; `code` is for programs, `message` for developers. */
export class AuthClientError extends Error {
  /** The name of this class. */
  readonly name: 'AuthClientError';
  /** Why it failed. */
  readonly code: AuthClientErrorCode;
  /** HTTP status of the answer, if there was one. */
  readonly status?: number;
}

/** Where the facade is. */
export interface ClientSettings {
  /** Origin of a central facade, such as `https://auth.example.com`; by default the page's own. */
  baseUrl?: string;
  /** By default `/api/auth`. */
  basePath?: string;
}

/** Says where the facade is, if not at `/api/auth` of the page's own origin. */
export function configure(settings?: ClientSettings): void;

/** The session, or `null` if nobody is signed in. Rejects with an {@link AuthClientError} if that is unknown. */
export function getSession(): Promise<AuthSession | null>;

/** Aliases of identity providers. */
export type ProviderId = 'github' | 'google' | 'facebook' | 'linkedin' | 'auth0' | 'keycloak' | (string & {});

/** What `signIn` may be told. Further fields are sent with the form. */
export interface SignInOptions {
  /** Where to go afterwards; by default back to this page. Must be at an origin of the application. */
  redirectTo?: string;
  /** @deprecated Auth.js 4's name of `redirectTo`. */
  callbackUrl?: string;
  /** `false`: stay on this page and return the address. */
  redirect?: boolean;
  /** Sent with the form. */
  [field: string]: string | boolean | undefined;
}

/** Parameters that the facade passes on to Keycloak. */
export type AuthorizationParams = Partial<
  Record<'login_hint' | 'prompt' | 'ui_locales' | 'acr_values' | 'kc_action', string> & Record<'max_age', string | number>
>;

/** What `signIn` returns with `redirect: false`, as in Auth.js. */
export interface SignInResult {
  /** The error code of Auth.js; `undefined` if there is none. */
  error: string | undefined;
  /** The facade's own code of the error. */
  code: string | undefined;
  /** The status of the answer. */
  status: number;
  /** Whether there was an answer. See `error` for what it says. */
  ok: boolean;
  /** Where to go to sign in; `null` if there is an error. */
  url: string | null;
}

/** Returns the address at which the sign-in goes on, and stays on this page. */
export function signIn(
  provider: ProviderId | undefined,
  options: SignInOptions & { redirect: false },
  authorizationParams?: AuthorizationParams,
): Promise<SignInResult>;
/**
 * Goes to the provider, and afterwards to `redirectTo` or back to this page. Without a provider, or with one that this
 * application does not offer, it goes to the sign-in page.
 */
export function signIn(
  provider?: ProviderId,
  options?: SignInOptions,
  authorizationParams?: AuthorizationParams,
): Promise<undefined>;

export declare namespace signIn {
  /**
   * Links an account at this provider to the signed-in user, from Keycloak 26.3 on. Afterwards the page has
   * `?kc_action_status=success`, `cancelled` or `error` in its address: for messages, not as a proof.
   */
  function link(provider: ProviderId, options?: ActionOptions): Promise<void>;
  /** Adds a passkey to the signed-in user, for Keycloak's own login page. Otherwise like `signIn.link`. */
  function passkey(options?: ActionOptions): Promise<void>;
}

/** What `signIn.link` and `signIn.passkey` may be told. */
export interface ActionOptions {
  /** Where to go afterwards; by default back to this page. Must be at an origin of the application. */
  redirectTo?: string;
}

/** How recent and how strong a sign-in has to be. */
export interface Demand {
  /** The user has signed in at most so many seconds ago. `0`: since `requireFresh` was called. */
  maxAge?: number;
  /** The level of the sign-in, or all that are accepted. No level counts as more than another here: list the higher ones, too. */
  acr?: string | readonly string[];
}

/** What `requireFresh` may be told. */
export interface FreshOptions extends Demand {
  /** The provider to sign in with; by default that of the session. */
  provider?: ProviderId;
  /** Where to go afterwards; by default back to this page. Must be at an origin of the application. */
  redirectTo?: string;
}

/**
 * The session, if its sign-in is as recent and as strong as demanded. Otherwise goes to sign in again and comes back. The
 * promise stays pending then, so that what follows does not run. After that, this page calls it again.
 *
 * Rejects with an {@link AuthClientError} `step_up_required` if the user comes back without such a sign-in; the next call asks
 * again. The server must check the same with `auth(request, { maxAge, acr })`: a page proves nothing.
 */
export function requireFresh(options: FreshOptions): Promise<AuthSession>;

/** What `signOut` may be told. */
export interface SignOutOptions {
  /** Where to go afterwards; by default this page again. */
  redirectTo?: string;
  /** @deprecated Auth.js 4's name of `redirectTo`. */
  callbackUrl?: string;
  /** `false`: stay on this page and return the address. */
  redirect?: boolean;
}

/** Ends the session at all applications, and stays on this page. */
export function signOut(options: SignOutOptions & { redirect: false }): Promise<{ url: string }>;
/** Ends the session at all applications, then goes to `redirectTo` or loads this page again. */
export function signOut(options?: SignOutOptions): Promise<undefined>;

/** One of the user's own sessions at Keycloak. */
export interface OwnSession {
  /** Names it in `endSession()`. Good only while this session lasts. */
  id: string;
  /** Whether it is the session of this browser. */
  current: boolean;
  /** Such as `Firefox 133`, if Keycloak has recognized it. */
  browser?: string;
  /** Such as `Linux`, if Keycloak has recognized it. */
  system?: string;
  /** The IP address from which the user signed in. */
  address?: string;
  /** The provider that the user signed in with. */
  provider?: ProviderId;
  /** When the user signed in, in ISO 8601. */
  started: string;
  /** When it was used last, in ISO 8601. Reading a session counts only once in some minutes. */
  lastUsed: string;
  /** Whether an application can use it while no browser does (`offline_access`). */
  offline: boolean;
  /** Whether an administrator has begun it as the user. */
  impersonated: boolean;
  /** Where it is used. `origin` is missing at clients of Keycloak that are no applications of Multi-Client Auth. */
  applications: { name: string; origin?: string }[];
}

/** The user's own sessions. */
export interface OwnSessions {
  /** This browser's first, then those that were used last; at most 100. */
  sessions: OwnSession[];
  /** How many further sessions there are. `endOtherSessions()` ends them, too. */
  more: number;
}

/** The user's own sessions, or `null` if nobody is signed in. */
export function getSessions(): Promise<OwnSessions | null>;

/** Ends one of the user's own sessions, at all its applications. `false` if it had ended before. */
export function endSession(id: string): Promise<boolean>;

/** Ends all of the user's sessions but this one, and says how many. */
export function endOtherSessions(): Promise<number>;
