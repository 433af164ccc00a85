import type { AuthorizationParams, Demand, ProviderId } from './client.js';
import type { AuthSession } from './session.js';

export type { Demand } from './client.js';
export type { AuthSession, AuthUser, Session } from './session.js';

/** Says which setting of an application's server is missing or wrong. */
export class AuthConfigError extends Error {
  /** The name of this class. */
  readonly name: 'AuthConfigError';
}

/** Says that the facade could not be asked: `unavailable` may pass, `refused` is caused by a wrong setting. */
export class AuthServerError extends Error {
  /** The name of this class. */
  readonly name: 'AuthServerError';
  /** Why it is unknown. */
  readonly code: 'unavailable' | 'refused';
  /** HTTP status of the facade's answer, if there was one. */
  readonly status?: number;
}

/**
 * Says why there is no access token although somebody is signed in:
 *
 * - `not_allowed`: the application's client lacks the mapper *API access*
 * - `wrong_secret`: the facade does not accept `AUTH_SECRET`
 * - `wrong_key`: the facade does not accept the key pair
 * - `refused`: the facade takes this server for a browser
 * - `no_facade`: there are no access tokens at this address; perhaps the facade is an older one
 * - `unavailable`: the facade or Keycloak does not answer, which may pass
 */
export class AccessTokenError extends Error {
  /** The name of this class. */
  readonly name: 'AccessTokenError';
  /** Why, for programs. */
  readonly code: 'not_allowed' | 'wrong_secret' | 'wrong_key' | 'refused' | 'no_facade' | 'unavailable';
  /** HTTP status of the facade's answer, if there was one. */
  readonly status?: number;
  /** Names the entry in the facade's log. */
  readonly reference?: string;
}

/** Keycloak's access token of a session. */
export interface AccessToken {
  /** For the header `Authorization` of a call to an API. Never send it to a browser. */
  accessToken: string;
  /** `Bearer`, or `DPoP` for a token that is bound to a key. */
  tokenType: string;
  /** What it is for: names, separated by spaces. */
  scope: string;
  /** When it ends, in ISO 8601. */
  expiresAt: string;
}

/** What `getAccessToken` may be told. */
export interface AccessTokenOptions
  extends Pick<AuthOptions, 'secret' | 'origin' | 'clientId' | 'facadeUrl' | 'basePath' | 'timeout' | 'fetch' | 'bearer'> {
  /** The key that the token is bound to, if the client demands that (DPoP, RFC 9449). */
  dpop?: KeyPair;
}

/** A key pair of WebCrypto, such as one of ECDSA with P-256. */
export interface KeyPair {
  /** Signs. */
  privateKey: object;
  /** Is sent with each signature. */
  publicKey: object;
}

/** Which access tokens `auth()` accepts. */
export interface BearerOptions {
  /** Whom the token must be for; by default the client id, which Keycloak adds with *Client in audience*. */
  audience?: string | string[];
  /** The address of the realm; by default `AUTH_KEYCLOAK_ISSUER`. */
  issuer?: string;
}

/**
 * Settings of `auth()`. What is left out comes from the environment. With `maxAge` or `acr`, a session whose sign-in is not
 * recent or strong enough counts as none.
 */
export interface AuthOptions extends Demand {
  /**
   * `decode`, the default: opens the cookie with the application's secret, without any request. `ask`: asks the facade,
   * which knows who has signed out.
   */
  mode?: 'decode' | 'ask';
  /**
   * Accepts `Authorization: Bearer` with an access token of the same client too, for its mobile app or a machine. Such a request
   * is judged by the token alone, without its cookies. Off by default. Needs `AUTH_KEYCLOAK_ISSUER` and `AUTH_KEYCLOAK_ID`.
   */
  bearer?: boolean | BearerOptions;
  /** The application's own secret, or several, newest first. By default `AUTH_SECRET_3` to `_1`, then `AUTH_SECRET`. */
  secret?: string | string[];
  /** The application's origin. By default that of `AUTH_URL` or `AUTH_ORIGIN`. */
  origin?: string;
  /** The application's client id. If set here or in `AUTH_KEYCLOAK_ID`, sessions of other clients are ignored. */
  clientId?: string;
  /** @deprecated Not needed: `auth()` finds the cookie whether or not other clients use the same host name. */
  sharedHost?: boolean;
  /** Address of the facade, if it is asked. By default `AUTH_FACADE_URL`, otherwise the application's own origin. */
  facadeUrl?: string;
  /** Path of the facade's endpoints; by default `/api/auth`. */
  basePath?: string;
  /** Time limit for the facade in milliseconds; by default 5000. */
  timeout?: number;
  /** Asks the facade. By default Node.js' http client, elsewhere the global `fetch`. */
  fetch?: typeof fetch;
}

/** What is needed to ask the facade: see {@link AuthOptions}. */
export interface FacadeOptions extends Pick<AuthOptions, 'origin' | 'facadeUrl' | 'basePath' | 'timeout' | 'fetch'> {
  /**
   * The visitor's address, by which the facade limits sign-ins. By default `X-Forwarded-For` of the request; with
   * SvelteKit `event.getClientAddress()`.
   */
  clientAddress?: string;
}

/** What `signOut` may be told. */
export interface SignOutOptions extends FacadeOptions {
  /** Where to go afterwards; by default back to the page. Must be at an origin of the application. */
  redirectTo?: string;
}

/** What `signIn` may be told. */
export interface SignInOptions extends SignOutOptions {
  /** For the provider. */
  authorizationParams?: AuthorizationParams;
}

/** A cookie as the parameters of `cookies.set(name, value, options)`, which frameworks have. */
export interface CookieToSet {
  /** The name. */
  name: string;
  /** Not encoded. */
  value: string;
  /** The attributes. */
  options: {
    path: string;
    domain?: string;
    maxAge?: number;
    expires?: Date;
    httpOnly?: boolean;
    secure?: boolean;
    sameSite?: 'strict' | 'lax' | 'none';
    partitioned?: boolean;
    priority?: 'low' | 'medium' | 'high';
  };
}

/** What to answer the browser. */
export interface Answer {
  /** Where to send the browser. */
  url: string;
  /** The cookies to send with that, as `Set-Cookie` headers. */
  setCookie: string[];
  /** The same cookies for frameworks that write the headers themselves. */
  cookies: CookieToSet[];
}

/** A `Request`, or a request of Node's http server or Express. */
export interface AuthRequest {
  /** Of the request: `cookie`, and `x-forwarded-proto` if there is one. */
  headers: { get(name: string): string | null } | Record<string, string | string[] | undefined>;
  /** The address, absolute; a path says nothing. */
  url?: string;
  /** Express: whether the request came over TLS. */
  secure?: boolean;
  /** The method, for tokens that are bound to a key. */
  method?: string;
  /** Express: the address of the request, also in a router. */
  originalUrl?: string;
}

/** What `authenticate` returns if somebody is signed in. */
export interface Authenticated {
  /** The session. */
  session: AuthSession;
  /** `Set-Cookie` headers to send with the answer; empty with `decode`. */
  setCookie: string[];
  /** Left out. */
  unauthorized?: undefined;
}

/** What `authenticate` returns if nobody is signed in, or not as `maxAge` and `acr` demand. */
export interface Unauthenticated {
  /** No session. */
  session: null;
  /** `Set-Cookie` headers to send with the answer; empty with `decode`. */
  setCookie: string[];
  /**
   * An answer with status 401. If somebody is signed in, but not as demanded, its `WWW-Authenticate` is
   * `Bearer error="insufficient_user_authentication"` with `max_age` and `acr_values`.
   *
   * @see https://www.rfc-editor.org/rfc/rfc9470#section-3
   */
  unauthorized: Response;
}

/** What `authenticate` returns. */
export type Authentication = Authenticated | Unauthenticated;

/** The session of a request; `null` if nobody is signed in, or not as `maxAge` and `acr` demand. */
export function auth(request: AuthRequest, options?: AuthOptions): Promise<AuthSession | null>;

/** Like {@link auth}, with the `Set-Cookie` headers to send with the answer, and an answer if there is no session. */
export function authenticate(request: AuthRequest, options?: AuthOptions): Promise<Authentication>;

/**
 * Keycloak's access token for the session of a request; `null` if nobody is signed in, and with `bearer` also if the request
 * brings a token itself. For servers only.
 *
 * @throws AccessTokenError if somebody is signed in, and there is no token
 */
export function getAccessToken(request: AuthRequest, options?: AccessTokenOptions): Promise<AccessToken | null>;

/** The header `DPoP` for one request to an API, with a token that is bound to a key (RFC 9449). */
export function dpopProof(
  keyPair: KeyPair,
  request: { method: string; url: string; accessToken?: string },
): Promise<string>;

/**
 * Starts a sign-in on the server, for form actions, server actions and route handlers. Without a provider, the address is that
 * of the page with a button for each.
 *
 * @throws AuthServerError if the facade does not answer, or refuses
 */
export function signIn(request: AuthRequest, provider?: ProviderId, options?: SignInOptions): Promise<Answer>;

/** Ends the session at Keycloak and so at all applications. Otherwise like {@link signIn}. */
export function signOut(request: AuthRequest, options?: SignOutOptions): Promise<Answer>;

/** Answers a request for `/api/auth/*` with the facade's answer. Needs `AUTH_FACADE_URL`. */
export function proxy(request: Request, options?: FacadeOptions): Promise<Response>;

/**
 * Express middleware that sets `req.auth`. With `maxAge` or `acr` it answers 401 itself if there is no session, or if its sign-in
 * is not as demanded.
 */
export function expressAuth(
  options?: AuthOptions,
): (
  request: AuthRequest & { auth?: AuthSession | null },
  response: {
    statusCode: number;
    appendHeader(name: string, value: string): unknown;
    setHeader(name: string, value: string): unknown;
    end(): unknown;
  },
  next: (error?: unknown) => void,
) => Promise<void>;
