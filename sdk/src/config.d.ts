import type { AuthSession } from './session.js';

/** Says which setting is missing or wrong, or which origins are configured. */
export class AuthConfigError extends Error {
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

/** One of {@link AuthConfig.providers}. */
export interface KeycloakProvider {
  id: string;
  name: string;
  type: 'oidc';
  issuer: string;
  clientId: string;
  clientSecret?: string;
  client: { token_endpoint_auth_method: 'client_secret_basic' | 'none' };
  checks: ('pkce' | 'state' | 'nonce')[];
  style: { logo: string };
  authorization: { params: Record<string, string> };
  profile(profile: Record<string, any>): { id: string; name?: string; email?: string; image?: string };
}

/** One of {@link AuthConfig.cookies}. */
export interface CookieSetting {
  name: string;
  options: { httpOnly: boolean; sameSite: 'lax'; path: string; secure: boolean; maxAge?: number };
}

/** A configuration for `NextAuth()`, `Auth()`, `ExpressAuth()` and `SvelteKitAuth()` of Auth.js 5. */
export interface AuthConfig {
  basePath: '/api/auth';
  trustHost: true;
  secret: string[];
  useSecureCookies: boolean;
  cookies: Record<
    'sessionToken' | 'callbackUrl' | 'csrfToken' | 'pkceCodeVerifier' | 'state' | 'nonce',
    CookieSetting
  >;
  session: { strategy: 'jwt'; maxAge: number };
  providers: KeycloakProvider[];
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
