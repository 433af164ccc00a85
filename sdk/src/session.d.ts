import type { AuthClientError } from './client.js';

/** The user who is signed in. Fields that Keycloak does not know are left out. */
export interface AuthUser {
  /** Keycloak's id of the user: the same at every sign-in and in every application. */
  id: string;
  /** The name to show. */
  name?: string;
  /** The e-mail address. See `emailVerified`. */
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
  /** The application's own claims: what mappers of Keycloak add to the ID token as `claims.<name>`. */
  claims?: Record<string, string | number | boolean | string[]>;
}

/**
 * A session: who is signed in, and until when.
 *
 * Servers that open the cookie always see how the user has signed in. Browsers see it if the sign-in demanded something, such
 * as with `requireFresh()`, or if the application's mapper has *Show how the user authenticated* on.
 */
export interface AuthSession {
  /** Who is signed in. */
  user: AuthUser;
  /** End of the session, in ISO 8601. */
  expires: string;
  /** The level of the sign-in, as Keycloak names it in *ACR to LoA mapping*. */
  acr?: string;
  /** When the user has last entered credentials, in ISO 8601. */
  authTime?: string;
  /** How: the names of the authentication methods, if Keycloak's realm gives them names. */
  amr?: string[];
  /** The administrator who acts as the user: impersonation. */
  actor?: Actor;
  /** Where it comes from, if not from a cookie: an access token, which `auth()` on a server accepts with `bearer`. */
  via?: 'bearer';
}

/** An administrator who acts as another user. */
export interface Actor {
  /** Keycloak's id of the administrator. */
  id: string;
  /** The name of the administrator. */
  name?: string;
}

/** The name that the types of Auth.js have for {@link AuthSession}. */
export type Session = AuthSession;

/** What a page knows about its user. */
export type SessionState = SignedIn | NotSignedIn;

/** Somebody is signed in. */
export interface SignedIn {
  /** The session. */
  data: AuthSession;
  /** Somebody is signed in. */
  status: 'authenticated';
  /** Why the last question to the facade failed. `data` and `status` are then what was known before. */
  error: AuthClientError | undefined;
}

/** Nobody is signed in, or that is unknown. */
export interface NotSignedIn {
  /** No session. */
  data: null;
  /** `loading` until the facade has answered. */
  status: 'loading' | 'unauthenticated';
  /** Why the last question to the facade failed. `data` and `status` are then what was known before. */
  error: AuthClientError | undefined;
}

/** The state for a session that the server has given to the page. `null`: nobody is signed in. `undefined`: unknown. */
export function stateOf(session: AuthSession | null | undefined): SessionState;

/**
 * The state of this page. On a server always the first one: its modules are shared by the requests of all users.
 *
 * @param first the state before the facade has answered; by default `loading`
 */
export function current(first?: SessionState): SessionState;

/** Asks the facade now, and returns the new state. Never rejects: see `error`. */
export function refresh(): Promise<SessionState>;

/**
 * Calls the listener after each change. The first subscription asks the facade. After that the page asks when it is looked
 * at, when the browser is online again, when the session ends, and when another tab signs in or out.
 *
 * @param first the state before the facade has answered
 * @returns ends the subscription
 */
export function subscribe(listener: (now: SessionState, before: SessionState) => void, first?: SessionState): () => void;

/**
 * Calls the listener when another person is signed in than before, or nobody any more: after a sign-out in another tab or
 * application, or when the session has ended.
 *
 * @returns ends the subscription
 */
export function onSessionChange(
  listener: (session: AuthSession | null, before: AuthSession | null) => void,
): () => void;
