/** Adds the fields of {@link AuthUser} to the types of `useSession()` and `auth()` of next-auth 5. */
import type { AuthUser } from './session.js';

declare module 'next-auth' {
  interface Session {
    user: AuthUser;
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
  }
}
