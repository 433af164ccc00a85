/** Makes `useSession()`, `auth()` and the like of next-auth 5 know the fields of {@link AuthUser}. */
import type { AuthUser } from './session.js';

declare module 'next-auth' {
  interface Session {
    user: AuthUser;
  }
}

declare module 'next-auth/jwt' {
  interface JWT {
    sub?: string;
    /** Keycloak's session. */
    sid?: string;
    provider?: string;
    clientOrigin?: string;
    clientId?: string;
    emailVerified?: boolean;
    /** When Keycloak's session ends, in milliseconds. */
    endsAt?: number;
  }
}
