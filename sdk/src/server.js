import { AuthConfigError, environment, originsFrom, parseOrigin, secretsFrom } from './environment.js';
import { AuthServerError, facadeFor, forwarded, header, refused, send } from './facade.js';
import { candidates, openSessionToken, parseCookies, sessionCookieName, toSession } from './session-token.js';

export { AuthConfigError } from './environment.js';
export { AuthServerError, proxy, signIn, signOut } from './facade.js';

/** The session of a request, or `null`. */
export async function auth(request, options) {
  return (await authenticate(request, options)).session;
}

/**
 * The session of a request, or `null`, and the `Set-Cookie` headers to send with the answer.
 *
 * `mode: 'decode'`, the default, opens the cookie with the application's own secret, without any request. It cannot see that
 * a user has signed out elsewhere. `mode: 'ask'` asks the facade, which can.
 */
export async function authenticate(request, options = {}) {
  const mode = options.mode ?? 'decode';
  if (mode === 'decode') {
    return { session: await decode(request, options), setCookie: [] };
  }
  if (mode === 'ask') {
    return ask(request, options);
  }
  throw new AuthConfigError(`mode must be "decode" or "ask", not "${mode}"`);
}

/** Express middleware that puts the session, or `null`, into `req.auth`. */
export function expressAuth(options) {
  return async (request, response, next) => {
    try {
      const { session, setCookie } = await authenticate(request, options);
      request.auth = session;
      if (setCookie.length > 0) {
        setCookie.forEach((cookie) => response.appendHeader('Set-Cookie', cookie));
        // Otherwise a cache could give one user's cookie to another.
        response.setHeader('Cache-Control', 'private, no-store');
      }
    } catch (error) {
      next(error);
      return;
    }
    next();
  };
}

async function decode(request, options) {
  const variables = environment();
  const secrets = options.secret === undefined ? secretsFrom(variables) : [options.secret].flat();
  if (secrets.length === 0 || secrets.some((secret) => typeof secret !== 'string' || secret === '')) {
    throw new AuthConfigError(
      'AUTH_SECRET is not set. It is the secret of this application. "secret <client id>" of the facade prints it.',
    );
  }
  const clientId = options.clientId ?? variables.AUTH_KEYCLOAK_ID;
  const sharedHost = options.sharedHost ?? variables.AUTH_SHARED_HOST === 'true';
  if (sharedHost && !clientId) {
    throw new AuthConfigError('With sharedHost, clientId (or AUTH_KEYCLOAK_ID) must say which cookies are ours.');
  }
  const cookies = parseCookies(header(request, 'cookie'));
  const secure = isSecure(request, options, variables);
  const sessions = [];
  // Both names: when another client starts or stops using this host name, the facade changes the name before this server's
  // settings change.
  for (const prefix of clientId ? [undefined, clientId] : [undefined]) {
    const cookieName = sessionCookieName(secure, prefix);
    for (const token of candidates(cookies, cookieName)) {
      const claims = await openSessionToken(token, { secrets, cookieName });
      // Each application has its own secret. This catches one that was copied to a second application.
      if (claims !== null && (!clientId || claims.clientId === clientId)) {
        sessions.push(claims);
      }
    }
  }
  return onlyOne(sessions);
}

/** The latest of several sessions of one user; none if they are of several users. The facade does the same. */
function onlyOne(sessions) {
  if (sessions.length === 0 || sessions.some(({ sub }) => sub !== sessions[0].sub)) {
    return null;
  }
  const time = ({ signedInAt = 0, checkedAt = 0 }) => [signedInAt, checkedAt];
  const [latest] = sessions.sort((one, other) => {
    const [a, b] = [time(one), time(other)];
    return b[0] - a[0] || b[1] - a[1];
  });
  return toSession(latest);
}

/**
 * Browsers send `__Secure-` cookies over TLS only, so the scheme decides the name. A forwarded scheme is trusted: a client
 * that forges it hides only its own cookie.
 */
function isSecure(request, options, variables) {
  const origin = options.origin === undefined ? originsFrom(variables)[0] : parseOrigin(options.origin, 'origin');
  if (origin !== undefined) {
    return origin.startsWith('https:');
  }
  const forwarded = header(request, 'x-forwarded-proto')?.split(',')[0].trim();
  if (forwarded) {
    return forwarded === 'https';
  }
  return URL.canParse(request.url) ? new URL(request.url).protocol === 'https:' : request.secure === true;
}

async function ask(request, options) {
  const facade = facadeFor(request, options);
  const headers = forwarded(facade, request);
  if (headers.cookie === undefined) {
    return { session: null, setCookie: [] };
  }
  const path = `${facade.basePath}/session`;
  const address = facade.url.origin + path;
  const answer = await send(facade, path, { headers: { ...headers, accept: 'application/json' } });
  const { status } = answer;
  if (status >= 500) {
    throw new AuthServerError('unavailable', `${address} cannot answer at the moment (status ${status}).`, { status });
  }
  const session = parseSession(new TextDecoder().decode(answer.body));
  if (status !== 200 || session === undefined) {
    throw refused(address, status);
  }
  const clientId = options.clientId ?? environment().AUTH_KEYCLOAK_ID;
  return {
    session: session !== null && clientId && session.user.clientId !== clientId ? null : session,
    setCookie: answer.headers.getSetCookie(),
  };
}

/** The session or `null`; `undefined` for anything else. */
function parseSession(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (value === null) {
    return null;
  }
  const { user, expires } = value;
  return typeof user?.id === 'string' && typeof user.clientId === 'string' && typeof expires === 'string'
    ? value
    : undefined;
}
