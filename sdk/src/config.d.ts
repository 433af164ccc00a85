import type { AuthSession } from './session.js';

/** Says which setting is missing or wrong, or which origins are configured. */
export class AuthConfigError extends Error {
  /** The name of this class. */
  readonly name: 'AuthConfigError';
}

/** An application that one server serves. */
export interface Application {
  /** Its origin, such as `https://portfolio.example.com`, or several. */
  origin: string | string[];
  /** Issuer of the realm, such as `https://id.example.com/realms/example`. */
  issuer: string;
  /** The client's id at Keycloak. */
  clientId: string;
  /** The client's secret at Keycloak. Leave it out for a public client or behind a facade. */
  clientSecret?: string;
  /** `AUTH_SECRET` of this application; if several, newest first. */
  secret: string | string[];
  /** Aliases of identity providers; by default github, google, facebook, linkedin, auth0. */
  providers?: string[];
  /** Whether other clients use the same host name on other ports. */
  sharedHost?: boolean;
  /** How long a session lasts without a facade, in seconds; by default ten hours. */
  maxAge?: number;
}

/** An identity provider of {@link AuthConfig}: Keycloak, with a hint which of its providers to use. */
export interface KeycloakProvider {
  /** The provider's alias in Keycloak, such as `github`. `keycloak` is Keycloak's own login page. */
  id: string;
  /** The name on the button of Auth.js' sign-in page. */
  name: string;
  /** OpenID Connect: Auth.js reads the addresses from the issuer. */
  type: 'oidc';
  /** Issuer of the realm. */
  issuer: string;
  /** The client's id at Keycloak. */
  clientId: string;
  /** The client's secret at Keycloak. Only without a facade. */
  clientSecret?: string;
  /** How the client proves to Keycloak who it is; `none` without a client secret. */
  client: { token_endpoint_auth_method: 'client_secret_basic' | 'none' };
  /** What binds an answer of Keycloak to the browser that has asked. */
  checks: ('pkce' | 'state' | 'nonce')[];
  /** No logo: Auth.js' sign-in page would load it from authjs.dev. */
  style: { logo: string };
  /** What Keycloak gets: the scopes, the hint and the application's origin. */
  authorization: { params: Record<string, string> };
  /** The user of Auth.js, from the claims of Keycloak's ID token. */
  profile(profile: Record<string, any>): { id: string; name?: string; email?: string; image?: string };
}

/** A cookie of {@link AuthConfig}. */
export interface CookieSetting {
  /** The name that the facade gives it: with `__Secure-` on https, and with the client id if `sharedHost` is set. */
  name: string;
  /** The attributes; `maxAge` in seconds. */
  options: { httpOnly: boolean; sameSite: 'lax'; path: string; secure: boolean; maxAge?: number };
}

/** A configuration for `NextAuth()`, `Auth()`, `ExpressAuth()` and `SvelteKitAuth()` of Auth.js 5. */
export interface AuthConfig {
  /** Where the facade, or Auth.js without a facade, serves its endpoints. */
  basePath: '/api/auth';
  /** The application's origin is configured, so that a forged `Host` changes nothing. */
  trustHost: true;
  /** The application's own secrets, newest first, which open the facade's session cookie. */
  secret: string[];
  /** Whether the application is served over TLS. */
  useSecureCookies: boolean;
  /** The facade's cookies. */
  cookies: Record<
    'sessionToken' | 'callbackUrl' | 'csrfToken' | 'pkceCodeVerifier' | 'state' | 'nonce',
    CookieSetting
  >;
  /** Sessions are in the cookie; `maxAge` in seconds. The facade's session may end before. */
  session: { strategy: 'jwt'; maxAge: number };
  /** For signing in without a facade. */
  providers: KeycloakProvider[];
  /** Decisions of Auth.js. To change one, call the one from here in yours. */
  callbacks: {
    authorized(parameters: any): boolean;
    signIn(parameters: any): boolean;
    jwt(parameters: any): any;
    session(parameters: any): AuthSession;
  };
}

/**
 * A complete configuration of Auth.js 5 for the application at `origin`, with settings from the environment: `AUTH_URL`
 * or `AUTH_ORIGIN`, `AUTH_SECRET`, `AUTH_KEYCLOAK_ISSUER`, `AUTH_KEYCLOAK_ID`, `AUTH_KEYCLOAK_SECRET`.
 *
 * In `next build`, where there is no environment, it is a configuration with which nobody can sign in.
 *
 * @throws AuthConfigError if the origin is not configured, or a setting is missing
 */
export function createAuthConfig(origin?: string): AuthConfig;

/** `createAuthConfig` with a list of applications instead of the environment. */
export function defineApplications(applications: Application[]): (origin?: string) => AuthConfig;
