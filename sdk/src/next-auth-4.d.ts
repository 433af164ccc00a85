import type { AuthOptions } from './server.js';
import type { AuthSession } from './session.js';
import type { CookieSetting } from './config.js';

export { AuthConfigError } from './server.js';

/** Settings; the defaults are `AUTH_URL`, `AUTH_SECRET`, `AUTH_KEYCLOAK_ID` and `AUTH_SHARED_HOST` of the environment. */
export type NextAuth4Settings = Pick<AuthOptions, 'origin' | 'secret' | 'clientId' | 'sharedHost'>;

/** Options of next-auth 4. */
export interface NextAuth4Options {
  /** None: the facade has them. */
  providers: any[];
  /** All secrets, by which CSRF tokens are hashed. */
  secret: string | undefined;
  /** Whether the application is served over TLS. */
  useSecureCookies: boolean;
  /** The names that the facade gives them. */
  cookies: Record<'sessionToken' | 'callbackUrl' | 'csrfToken', CookieSetting>;
  /** As Auth.js has it; the facade's session may end before. */
  session: { strategy: 'jwt'; maxAge: number };
  /** Read and keep the facade's cookie. */
  jwt: {
    decode(parameters: { token?: string }): Promise<any>;
    encode(parameters: { token?: any }): string;
  };
  /** Gives the same session as the facade. */
  callbacks: { session(parameters: any): AuthSession };
}

/** Options for `getServerSession()` and `withAuth()` of next-auth 4 behind the facade. */
export function authOptions(settings?: NextAuth4Settings): NextAuth4Options;

/** Options for `getToken({ req, ...tokenOptions() })` of next-auth 4 behind the facade. */
export function tokenOptions(settings?: NextAuth4Settings): {
  /** The name of the session cookie. */
  cookieName: string;
  /** Opens the session cookie. */
  decode: NextAuth4Options['jwt']['decode'];
  /** All secrets. */
  secret: string | undefined;
};
