import type { NextFetchEvent, NextRequest } from 'next/server';
import type { AuthorizationParams, Demand, ProviderId } from './client.js';
import type { AccessToken, AccessTokenOptions, AuthOptions, AuthRequest } from './server.js';
import type { AuthSession } from './session.js';

export { AccessTokenError, AuthConfigError, AuthServerError } from './server.js';
export type { AccessToken, AccessTokenOptions, AuthOptions, BearerOptions, Demand } from './server.js';
export type { AuthSession, AuthUser, Session } from './session.js';

/** A request with the session of its user. */
export interface NextAuthRequest extends NextRequest {
  /** The session, or `null`. */
  auth: AuthSession | null;
}

/** A request whose user has signed in as demanded. */
export interface FreshAuthRequest extends NextRequest {
  /** The session. */
  auth: AuthSession;
}

type Answer = Response | void | undefined;

/** A response of the pages router. */
interface PagesResponse {
  appendHeader(name: string, value: string): unknown;
  setHeader(name: string, value: string): unknown;
}

/**
 * `auth()` with the signatures of Auth.js. With a {@link Demand}, a session whose sign-in is not recent or strong enough counts
 * as none.
 */
export interface Auth {
  /** The session, in server components, server actions and route handlers. */
  (demand?: Demand): Promise<AuthSession | null>;
  /** As middleware: sends everybody who is not signed in to the sign-in page. See {@link NextAuthOptions.authorized}. */
  (request: NextRequest, event: NextFetchEvent): Promise<Response | undefined>;
  /** The session of a given request. */
  (request: Request, demand?: Demand): Promise<AuthSession | null>;
  /** The session in an API route of the pages router. With a demand, and if `null`, the response gets its `WWW-Authenticate`. */
  (request: AuthRequest, response: PagesResponse, demand?: Demand): Promise<AuthSession | null>;
  /** The session in `getServerSideProps`. */
  (context: { req: AuthRequest; res: PagesResponse }, demand?: Demand): Promise<AuthSession | null>;
  /** Wraps a route handler, and answers 401 itself if the user has not signed in as demanded (RFC 9470). */
  <Context = any>(
    handler: (request: FreshAuthRequest, context: Context) => Answer | Promise<Answer>,
    demand: Demand,
  ): (request: NextRequest, context: Context) => Promise<Response | undefined>;
  /** Wraps middleware or a route handler; `context` is what Next.js passes, such as the parameters of the route. */
  <Context = any>(
    handler: (request: NextAuthRequest, context: Context) => Answer | Promise<Answer>,
  ): (request: NextRequest, context: Context) => Promise<Response | undefined>;
}

/** What `signIn()` and `signOut()` take. */
export interface SignInOptions<Redirect extends boolean = boolean> {
  /** Where to go afterwards; by default back to the page. Must be at an origin of the application. */
  redirectTo?: string;
  /** `false`: return the address instead of going there. */
  redirect?: Redirect;
}

/** Settings of {@link createAuth}. */
export interface NextAuthOptions extends Omit<AuthOptions, keyof Demand> {
  /**
   * `auth` as middleware lets a request pass if this is true, and sends it to the sign-in page if not. By default all pages
   * that `matcher` names need a session.
   */
  authorized?(parameters: {
    request: NextRequest;
    auth: AuthSession | null;
  }): boolean | Response | Promise<boolean | Response>;
}

/** What {@link createAuth} gives. */
export interface NextAuthResult {
  /** The session. */
  auth: Auth;
  /**
   * Goes to the provider, from a server action or a route handler; without a provider to the sign-in page.
   *
   * @throws AuthServerError if the facade does not answer, or refuses
   */
  signIn<Redirect extends boolean = true>(
    provider?: ProviderId,
    options?: FormData | SignInOptions<Redirect>,
    authorizationParams?: AuthorizationParams,
  ): Promise<Redirect extends false ? string : never>;
  /**
   * Ends the session at all applications, from a server action or a route handler.
   *
   * @throws AuthServerError if the facade does not answer, or refuses
   */
  signOut<Redirect extends boolean = true>(
    options?: FormData | SignInOptions<Redirect>,
  ): Promise<Redirect extends false ? { redirect: string; url: string } : never>;
  /**
   * Keycloak's access token for the session, in server components, server actions and route handlers; `null` if nobody is signed in,
   * and with `bearer` also if the request brings a token itself.
   *
   * @throws AccessTokenError if somebody is signed in, and there is no token
   */
  getAccessToken(options?: Pick<AccessTokenOptions, 'dpop'>): Promise<AccessToken | null>;
  /** The same for a given request: in middleware and the pages router. */
  getAccessToken(request: AuthRequest, options?: Pick<AccessTokenOptions, 'dpop'>): Promise<AccessToken | null>;
  /** Forward `/api/auth/*` to the facade: `export const { GET, POST } = handlers` in `app/api/auth/[...nextauth]/route.ts`. */
  handlers: Record<'GET' | 'POST', (request: Request) => Promise<Response>>;
}

/** What is exported here, with other settings than those of the environment. */
export function createAuth(options?: NextAuthOptions): NextAuthResult;

/** The session, with settings from the environment. */
export const auth: Auth;
/** See {@link NextAuthResult.signIn}. */
export const signIn: NextAuthResult['signIn'];
/** See {@link NextAuthResult.signOut}. */
export const signOut: NextAuthResult['signOut'];
/** See {@link NextAuthResult.getAccessToken}. */
export const getAccessToken: NextAuthResult['getAccessToken'];
/** See {@link NextAuthResult.handlers}. */
export const handlers: NextAuthResult['handlers'];
