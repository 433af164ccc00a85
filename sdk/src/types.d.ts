/** Adds the fields of {@link AuthSession} to the types of `useSession()` and `auth()` of next-auth 5. */
import type { AuthSession } from './session.js';

declare module 'next-auth' {
  /** What `useSession()` and `auth()` give. */
  interface Session extends Omit<AuthSession, 'expires'> {
    /** Who is signed in. */
    user: AuthSession['user'];
  }
}

declare module 'next-auth/jwt' {
  /** What the session cookie holds. */
  interface JWT {
    /** Keycloak's id of the user. */
    sub?: string;
    /** Keycloak's session id. */
    sid?: string;
    /** The provider: `github`, `google`, … */
    provider?: string;
    /** The origin at which the user signed in. */
    clientOrigin?: string;
    /** The Keycloak client through which the user signed in. */
    clientId?: string;
    /** Whether the user has proved to own the e-mail address. */
    emailVerified?: boolean;
    /** When Keycloak's session ends, in milliseconds. */
    endsAt?: number;
    /** The level of the sign-in. */
    acr?: string;
    /** When the user has last entered credentials, in seconds. */
    auth_time?: number;
    /** How the user has authenticated: values of RFC 8176, such as `pwd` and `otp`. */
    amr?: string[];
    /** The administrator who acts as the user. */
    act?: { sub: string; name?: string };
    /** Whether browsers see `acr`, `authTime` and `amr`. */
    stepUp?: boolean;
  }
}
