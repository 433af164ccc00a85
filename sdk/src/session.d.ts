/** The user who is signed in. Fields that Keycloak does not know are left out. */
export interface AuthUser {
  /** Keycloak's id of the user: the same at every sign-in and in every application. */
  id: string;
  name?: string;
  email?: string;
  /**
   * Whether the user has proved to own `email`. Never authorize by an address that is not verified: some providers let users
   * enter any address.
   */
  emailVerified: boolean;
  /** Address of the picture at the provider. */
  image?: string;
  /** The provider: `github`, `google`, …; left out after a sign-in at Keycloak's own login page. */
  provider?: string;
  /** The origin at which the user signed in, such as `https://portfolio.example.com`. */
  clientOrigin?: string;
  /** The Keycloak client through which the user signed in. */
  clientId: string;
}

export interface AuthSession {
  user: AuthUser;
  /** End of the session, in ISO 8601. */
  expires: string;
}
