import { applicationPrefix, cookieNames } from './cookie-names.js';
import { AuthConfigError, environment, isHttps, originsOf, requireSecrets, secretsOf } from './environment.js';
import { openSessionToken, toSession } from './session-token.js';

/** Lets next-auth 4 read the facade's cookie, which has the format of version 5. */

/** The cookie from which claims were read. A symbol, so that it is copied with the claims and never sent to a page. */
const TOKEN = Symbol('token');

const THIRTY_DAYS = 2_592_000;

/**
 * Options for `getServerSession()` and `withAuth()` of next-auth 4, with settings from the environment. They read sessions:
 * signing in and out is the facade's.
 */
export function authOptions(options = {}) {
  const variables = environment();
  const { secure, clientId, sharedHost } = settings(options, variables);
  const { sessionToken, callbackUrl, csrfToken } = cookieNames(secure, sharedHost ? applicationPrefix(clientId) : '');
  const cookie = { httpOnly: true, sameSite: 'lax', path: '/', secure };
  return {
    providers: [],
    // Version 4 hashes its CSRF token with one secret. The facade also accepts a hash with all of them, joined.
    secret: secretsOf(options, variables).join(',') || undefined,
    useSecureCookies: secure,
    cookies: {
      sessionToken: { name: sessionToken, options: cookie },
      callbackUrl: { name: callbackUrl, options: cookie },
      csrfToken: { name: csrfToken, options: cookie },
    },
    session: { strategy: 'jwt', maxAge: THIRTY_DAYS },
    jwt: {
      decode: ({ token }) => decode(token, options),
      encode: ({ token }) => encode(token),
    },
    callbacks: {
      session: ({ token }) => toSession(token),
    },
  };
}

/** Options for `getToken({ req, ...tokenOptions() })` of next-auth 4. */
export function tokenOptions(options) {
  const { cookies, jwt, secret } = authOptions(options);
  return { cookieName: cookies.sessionToken.name, decode: jwt.decode, secret };
}

async function decode(token, options) {
  const variables = environment();
  const secrets = requireSecrets(options, variables);
  const { secure, clientId } = settings(options, variables);
  // Both names: next-auth 4 does not say under which one the cookie was.
  for (const prefix of clientId ? ['', applicationPrefix(clientId)] : ['']) {
    const cookieName = cookieNames(secure, prefix).sessionToken;
    const claims = await openSessionToken(token ?? '', { secrets, cookieName });
    if (claims !== null && (!clientId || claims.clientId === clientId)) {
      return { ...claims, [TOKEN]: token };
    }
  }
  return null;
}

/** The same cookie again: only the facade prolongs sessions. */
function encode(token) {
  if (token?.[TOKEN] === undefined) {
    throw new AuthConfigError('Only the facade makes sessions. The callback "jwt" must return its token, or a copy with more fields.');
  }
  return token[TOKEN];
}

function settings(options, variables) {
  const [origin] = originsOf(options, variables);
  const clientId = options.clientId ?? variables.AUTH_KEYCLOAK_ID;
  const sharedHost = options.sharedHost ?? variables.AUTH_SHARED_HOST === 'true';
  return {
    secure: origin !== undefined && isHttps(origin),
    clientId,
    // Without a client id there is no name for it.
    sharedHost: sharedHost && Boolean(clientId),
  };
}
