/** Adds the fields of {@link AuthSession} to the types of `useSession()` and `auth()` of next-auth 5. */
import type { AuthSession } from './session.js';

declare module 'next-auth' {
  interface Session extends Omit<AuthSession, 'expires'> {
    user: AuthSession['user'];
  }
}

declare module 'next-auth/jwt' {
  interface JWT {
    sub?: string;
    /** Keycloak's session id. */
    sid?: string;
    provider?: string;
    clientOrigin?: string;
    clientId?: string;
    emailVerified?: boolean;
    /** When Keycloak's session ends, in milliseconds. */
    endsAt?: number;
    /** The level of the sign-in. */
    acr?: string;
    /** When the user has last entered credentials, in seconds. */
    auth_time?: number;
    amr?: string[];
    /** The administrator who acts as the user. */
    act?: { sub: string; name?: string };
    /** Whether browsers see `acr`, `authTime` and `amr`. */
    stepUp?: boolean;
  }
}
