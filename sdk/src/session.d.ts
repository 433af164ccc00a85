/** Who is signed in. What Keycloak does not say is left out. */
export interface AuthUser {
  /** Keycloak's id of the user: the same at every sign-in and in every application. */
  id: string;
  name?: string;
  email?: string;
  /**
   * Whether `email` is proved to be the user's. Never authorize by an address that is not verified: anybody can claim one at
   * some providers.
   */
  emailVerified: boolean;
  /** Address of the picture at the provider. */
  image?: string;
  /** With which provider: `github`, `google`, …; left out if with Keycloak's own login page. */
  provider?: string;
  /** The origin at which the user signed in, such as `https://portfolio.example.com`. */
  clientOrigin?: string;
  /** The Keycloak client through which the user signed in. */
  clientId: string;
}

export interface AuthSession {
  user: AuthUser;
  /** ISO 8601. */
  expires: string;
}
