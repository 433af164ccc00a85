import { accessTokenOf } from './access-token.js';
import { bringsToken, readToken } from './bearer.js';
import { applicationPrefix, sessionCookieNames } from './cookie-names.js';
import { AuthConfigError, environment, isHttps, originsOf, requireSecrets } from './environment.js';
import { AuthServerError, facadeFor, forwarded, header, refused, send, setRenewed } from './facade.js';
import { candidates, openSessionToken, parseCookies, toSession, unseal } from './session-token.js';
import { challenge, demandsSomething, levelsOf } from './step-up.js';
import { quoted, warnOnce } from './warn.js';

export { AccessTokenError } from './access-token.js';
export { dpopProof } from './dpop.js';
export { AuthConfigError } from './environment.js';
export { AuthServerError, proxy, signIn, signOut } from './facade.js';

/** The session of a request; `null` if nobody is signed in, or not as `maxAge` and `acr` demand. */
export async function auth(request, options) {
  return (await authenticate(request, options)).session;
}

/**
 * The session of a request, or `null`, and the `Set-Cookie` headers to send with the answer. If `null`, `unauthorized` is a
 * response for it: with `maxAge` and `acr`, its `WWW-Authenticate` says which sign-in is missing (RFC 9470).
 *
 * `mode: 'decode'`, the default, opens the cookie with the application's own secret, without any request. It cannot see that
 * a user has signed out elsewhere. `mode: 'ask'` asks the facade, which can.
 *
 * With `bearer`, a request with `Authorization: Bearer` is judged by that token alone.
 */
export async function authenticate(request, options = {}) {
  const { session, setCookie = [], refused } = bringsToken(request, options)
    ? await readToken(request, options)
    : await read(request, options);
  const missing = refused ?? challenge(session, options);
  return missing === undefined
    ? { session, setCookie }
    : { session: null, setCookie, unauthorized: new Response(null, { status: 401, headers: { 'WWW-Authenticate': missing } }) };
}

async function read(request, options) {
  const mode = options.mode ?? 'decode';
  if (mode === 'decode') {
    return { session: await decode(request, options), setCookie: [] };
  }
  if (mode === 'ask') {
    return ask(request, options);
  }
  throw new AuthConfigError(`mode must be "decode" or "ask", not "${mode}"`);
}

/**
 * Express middleware that puts the session, or `null`, into `req.auth`. With `maxAge` or `acr` it answers 401 itself if there is
 * none, or if its sign-in is not enough; with `bearer`, if the request brings a token that is not accepted.
 */
export function expressAuth(options) {
  levelsOf(options);
  return async (request, response, next) => {
    try {
      const { session, setCookie, unauthorized } = await authenticate(request, options);
      request.auth = session;
      setRenewed(response, setCookie);
      if (unauthorized && (demandsSomething(options) || bringsToken(request, options))) {
        response.statusCode = unauthorized.status;
        response.setHeader('WWW-Authenticate', unauthorized.headers.get('WWW-Authenticate'));
        response.end();
        return;
      }
    } catch (error) {
      next(error);
      return;
    }
    next();
  };
}

async function decode(request, options) {
  const claims = await openedClaims(request, options);
  return claims === null ? null : toSession(claims);
}

/**
 * Keycloak's access token for the session of a request, for the application's APIs: `{ accessToken, tokenType, scope, expiresAt }`.
 * `null` if nobody is signed in. For servers only: a page must never see it.
 *
 * With `bearer`, also `null` if the request brings a token itself: its cookies, which may be another user's, do not count.
 */
export async function getAccessToken(request, options = {}) {
  if (typeof document !== 'undefined') {
    throw new AuthConfigError('getAccessToken() is for servers. Let the page ask a server of this application, which calls the API.');
  }
  if (bringsToken(request, options) || request.auth?.via === 'bearer') {
    return null;
  }
  const claims = await openedClaims(request, options);
  return claims === null ? null : accessTokenOf(claims, request, options);
}

/** The claims of the session cookie. */
async function openedClaims(request, options) {
  const variables = environment();
  const secrets = requireSecrets(options, variables);
  const clientId = options.clientId ?? variables.AUTH_KEYCLOAK_ID;
  const cookies = parseCookies(header(request, 'cookie'));
  const secure = isSecure(request, options, variables);
  // Without a client id the secret decides which cookie is ours.
  const names = sessionCookieNames(cookies, clientId);
  const sessions = [];
  for (const { name, prefix } of names.filter((each) => (secure === undefined || each.secure === secure) && each.ours)) {
    for (const token of candidates(cookies, name)) {
      const claims = await openSessionToken(token, { secrets, cookieName: name });
      // Each application has its own secret. This catches one that was copied to a second application.
      if (
        claims !== null &&
        (!clientId || claims.clientId === clientId) &&
        (prefix === '' || prefix === applicationPrefix(claims.clientId))
      ) {
        sessions.push(claims);
      }
    }
  }
  if (sessions.length === 0) {
    await explain(names, { cookies, secrets, secure, clientId });
  }
  return onlyOne(sessions);
}

/**
 * Says why there is no session although there are session cookies: otherwise a wrong setting looks like a user who is not
 * signed in. Says nothing about a session that has ended, or about cookies of other clients.
 */
async function explain(names, { cookies, secrets, secure, clientId }) {
  if (explainScheme(names, secure)) {
    return;
  }
  let unopened;
  for (const { name, secure: overTls, ours } of names) {
    let claims = null;
    // A few are enough: the right one is among them unless there are planted ones.
    for (const token of candidates(cookies, name).slice(0, 5)) {
      claims ??= await unseal(token, { secrets, cookieName: name });
    }
    const fits = secure === undefined || overTls === secure;
    if (claims === null) {
      unopened ??= ours && fits ? name : undefined;
    } else if (!fits) {
      warnOnce('scheme', otherScheme(name, secure));
      return;
    } else if (clientId && claims.clientId !== clientId) {
      warnOnce(
        'client',
        `The session cookie ${quoted(name)} opens with AUTH_SECRET, but belongs to another client than ` +
          `"${clientId}". Set AUTH_KEYCLOAK_ID to this application's client id, and AUTH_SECRET to its own secret.`,
      );
      return;
    } else {
      return;
    }
  }
  if (unopened !== undefined) {
    warnOnce(
      'secret',
      `There is a session cookie ${quoted(unopened)}, but AUTH_SECRET does not open it, so nobody is signed in for this ` +
        'server. Set AUTH_SECRET to the secret of this application, which "secret <client id>" of the facade prints. ' +
        'If that cookie belongs to another application on the same host name, this is no problem.',
    );
  }
}

/** Whether all session cookies are those of https and the application's address begins with http, or the reverse. */
function explainScheme(names, secure) {
  const own = names.filter(({ ours }) => ours);
  const different = own.length > 0 && secure !== undefined && own.every((each) => each.secure !== secure);
  if (different) {
    warnOnce('scheme', otherScheme(own[0].name, secure));
  }
  return different;
}

const otherScheme = (name, secure) =>
  `The browser sends the session cookie ${quoted(name)}, which is one of ${secure ? 'http' : 'https'}, but by AUTH_URL or ` +
  `the request, the address of this application begins with ${secure ? 'https' : 'http'}://. The cookie is ignored. Set ` +
  "AUTH_URL to the address that stands in the browser's address bar.";

/** The latest of several sessions of one user; none if they are of several users or clients. The facade does the same. */
function onlyOne(sessions) {
  const [first] = sessions;
  if (first === undefined || sessions.some(({ sub, clientId }) => sub !== first.sub || clientId !== first.clientId)) {
    return null;
  }
  const time = ({ signedInAt = 0, checkedAt = 0 }) => [signedInAt, checkedAt];
  const [latest] = sessions.sort((one, other) => {
    const [a, b] = [time(one), time(other)];
    return b[0] - a[0] || b[1] - a[1];
  });
  return latest;
}

/**
 * Browsers send `__Secure-` cookies over TLS only, so the scheme decides the name. A forwarded scheme is trusted: a client
 * that forges it hides only its own cookie. `undefined` if nothing says it: a secret opens a cookie only under its own name.
 */
function isSecure(request, options, variables) {
  const [origin] = originsOf(options, variables);
  if (origin !== undefined) {
    return isHttps(origin);
  }
  const forwarded = header(request, 'x-forwarded-proto')?.split(',')[0].trim();
  if (forwarded) {
    return forwarded === 'https';
  }
  return URL.canParse(request.url) ? new URL(request.url).protocol === 'https:' : request.secure;
}

async function ask(request, options) {
  const facade = facadeFor(request, options);
  const headers = forwarded(facade, request);
  if (headers.cookie === undefined) {
    return { session: null, setCookie: [] };
  }
  const path = `${facade.basePath}/session`;
  const address = facade.url.origin + path;
  // For a facade that does not know this server as a proxy, and so does not believe the forwarded host.
  const named = facade.isHere ? {} : { 'x-client-origin': facade.origin };
  const answer = await send(facade, path, { headers: { ...headers, ...named, accept: 'application/json' } });
  const { status } = answer;
  if (status >= 500) {
    throw new AuthServerError('unavailable', `${address} cannot answer at the moment (status ${status}).`, { status });
  }
  const session = parseSession(new TextDecoder().decode(answer.body));
  if (status !== 200 || session === undefined) {
    throw refused(address, status);
  }
  const clientId = options.clientId ?? environment().AUTH_KEYCLOAK_ID;
  if (session === null) {
    const names = sessionCookieNames(parseCookies(header(request, 'cookie')), clientId);
    explainScheme(names, isHttps(facade.origin));
  }
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
