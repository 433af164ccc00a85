/**
 * Signs in and out from a page, reads who is signed in, asks for a recent or stronger sign-in, and lists and ends the user's
 * own sessions.
 *
 * One file without imports, because the facade also serves it as `/api/auth/client.js`.
 */

/**
 * Says why a call failed. `code` is one of
 *
 * - `unreachable`: there is no answer. The browser is offline, or a facade at another origin does not know this page's origin
 * - `not_registered`: the facade knows no application at this origin
 * - `no_facade`: what answers at the base path is not the facade. Most often `/api/auth/*` is not forwarded to it
 * - `unavailable`: the facade, or a proxy that cannot reach it, answers with a server error, which may pass
 * - `cookies_blocked`: the browser blocks the cookies of a facade at another origin
 * - `unknown_provider`: the application has no such provider. Without `redirect: false`, `signIn` goes to the sign-in page
 *   instead, which lists the providers
 * - `invalid_url`: `redirectTo` or `baseUrl` is not a web address
 * - `invalid_demand`: `requireFresh` was called with nothing that it could ask for
 * - `step_up_required`: the user has come back from `requireFresh` without the sign-in that it asked for
 */
export class AuthClientError extends Error {
  constructor(code, message, { status, cause } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'AuthClientError';
    this.code = code;
    this.status = status;
  }
}

const settings = { baseUrl: '', basePath: '/api/auth' };

/** The time for which the facade remembers a sign-in that somebody has begun, in milliseconds. */
const LONGEST_SIGN_IN = 900_000;

/** How far the server's clock is ahead of this device's, in milliseconds, as far as its answers say. */
let ahead = 0;

/** Says where the facade is. The default, the page's own origin, is right for most applications. */
export function configure({ baseUrl, basePath } = {}) {
  if (baseUrl !== undefined) {
    settings.baseUrl = baseUrl === '' ? '' : webAddress(baseUrl, undefined).origin;
  }
  if (basePath !== undefined) {
    settings.basePath = `/${basePath.replace(/^\/+|\/+$/g, '')}`;
  }
}

/** The session, or `null` if nobody is signed in. */
export async function getSession() {
  const session = await call('session', { headers: { Accept: 'application/json' } });
  // An application would take `{}`, or the body of an error, for a session.
  if (session === null) {
    return null;
  }
  if (typeof session.user !== 'object' || session.user === null || typeof session.expires !== 'string') {
    throw noFacade('session', 'something that is not a session');
  }
  return session;
}

/**
 * Goes to the provider, and afterwards to `redirectTo` or back to this page.
 *
 * Without a provider, or with one that this application does not offer, it goes to the sign-in page.
 * With `redirect: false` it stays on this page and returns `{ error, code, status, ok, url }`.
 *
 * `authorizationParams` may be `login_hint`, `prompt`, `ui_locales`, `max_age`, `acr_values` and `kc_action`.
 */
export async function signIn(provider, options = {}, authorizationParams = {}) {
  const { callbackUrl, redirect = true, redirectTo = callbackUrl, ...fields } = options;
  const target = returnAddress(redirectTo);
  const query = new URLSearchParams(authorizationParams);
  const providers = await call('providers');
  if (provider === undefined || provider === null || !Object.hasOwn(providers ?? {}, provider)) {
    if (!redirect) {
      const offered = Object.keys(providers ?? {}).join(', ') || 'none';
      throw new AuthClientError('unknown_provider', `There is no provider "${provider}". Available: ${offered}.`);
    }
    query.set('callbackUrl', target);
    navigate(`${base()}/signin?${query}`);
    return undefined;
  }
  const path = `signin/${encodeURIComponent(provider)}?${query}`.replace(/\?$/, '');
  const reply = await post(path, fields, target);
  if (redirect) {
    navigate(reply.url);
    return undefined;
  }
  const { searchParams } = new URL(reply.url);
  const error = searchParams.get('error') ?? undefined;
  return {
    error,
    code: searchParams.get('code') ?? undefined,
    status: 200,
    ok: true,
    url: error === undefined ? reply.url : null,
  };
}

/** Links an account at this provider to the signed-in user. The page then has `?kc_action_status=success`, `cancelled` or `error`. */
signIn.link = (provider, options) => act(`idp_link:${provider}`, options);

/** Adds a passkey to the signed-in user. Otherwise like `signIn.link`. */
signIn.passkey = (options) => act('webauthn-register-passwordless', options);

/** Has Keycloak do something with the signed-in user. */
async function act(action, { redirectTo } = {}) {
  const path = `signin/keycloak?${new URLSearchParams({ kc_action: action })}`;
  navigate((await post(path, {}, returnAddress(redirectTo))).url);
}

/**
 * The session, if the user has signed in at most `maxAge` seconds ago and with one of the levels `acr`. Otherwise goes to sign
 * in again, with the provider of the session, and afterwards to `redirectTo` or back to this page, which calls this again.
 *
 * While the page is left, the promise stays pending: what follows must not run without a fresh sign-in.
 *
 * Asks once: rejects with `step_up_required` if the user comes back without such a sign-in. The next call asks again.
 */
export async function requireFresh({ maxAge, acr, provider, redirectTo } = {}) {
  const levels = acr === undefined ? [] : [acr].flat().join(' ').split(' ');
  if ((maxAge === undefined ? acr === undefined : !(Number.isInteger(maxAge) && maxAge >= 0)) || levels.includes('')) {
    throw new AuthClientError(
      'invalid_demand',
      'requireFresh() needs maxAge, a whole number of seconds, or acr, a level or a list of levels.',
    );
  }
  const demand = {
    ...(maxAge !== undefined && { max_age: maxAge }),
    ...(levels.length > 0 && { acr_values: levels.join(' ') }),
  };
  const key = `multi-client-auth.fresh?${new URLSearchParams(demand)}`;
  // Before anything is awaited, so that calls at the same time see the same.
  const begun = JSON.parse(sessionStorage.getItem(key));
  const session = await getSession();
  const since = Date.parse(session?.authTime);
  // A sign-in after the one that this page has begun is recent, whatever the clocks say.
  const isRecent = maxAge === undefined || (begun && since > begun.since) || Date.now() + ahead - since <= maxAge * 1000;
  if (session && isRecent && (levels.length === 0 || levels.includes(session.acr))) {
    sessionStorage.removeItem(key);
    return session;
  }
  const missing = () => {
    sessionStorage.removeItem(key);
    return new AuthClientError('step_up_required', 'The user has come back without a sign-in that is recent or strong enough.');
  };
  if (begun?.provider && Date.now() - begun.at < LONGEST_SIGN_IN) {
    throw missing();
  }
  // A session at Keycloak's own login page has no provider. Without a session, the user chooses on the sign-in page.
  const chosen = provider ?? (session ? (session.user.provider ?? 'keycloak') : undefined);
  await signIn(chosen, { redirectTo }, demand);
  sessionStorage.setItem(key, JSON.stringify({ at: Date.now(), since, provider: chosen }));
  return new Promise((resolve, reject) => {
    // Somebody has come back to this page as it was left. What waits here must not go on: it may have been done since.
    window.addEventListener('pageshow', ({ persisted }) => persisted && reject(missing()));
  });
}

/** Ends the session at all applications, then goes to `redirectTo` or reloads this page. With `redirect: false` it stays. */
export async function signOut(options = {}) {
  const { callbackUrl, redirect = true, redirectTo = callbackUrl } = options;
  const reply = await post('signout', {}, returnAddress(redirectTo));
  tellTabs();
  if (redirect) {
    navigate(reply.url);
    return undefined;
  }
  return reply;
}

/**
 * The user's own sessions at Keycloak, this browser's first, as `{ sessions, more }`. `null` if nobody is signed in.
 *
 * `/api/auth/sessions` is a page that shows the same, without any code.
 */
export async function getSessions() {
  const list = await call('sessions', { headers: { Accept: 'application/json' } });
  if (list === null) {
    return null;
  }
  if (!Array.isArray(list.sessions) || !Number.isInteger(list.more)) {
    throw noFacade('sessions', 'something that is no list of sessions');
  }
  return list;
}

/** Ends one of the sessions of `getSessions()`, at all its applications. `false` if it had ended before. */
export async function endSession(id) {
  const { ended } = await end({ session: id });
  return ended > 0;
}

/** Ends all of the user's sessions but this one, and says how many. */
export async function endOtherSessions() {
  let ended = 0;
  for (;;) {
    const answer = await end({ others: 'true' });
    ended += answer.ended;
    // Hundreds take longer than one request may.
    if (answer.left === 0) {
      return ended;
    }
    if (answer.ended === 0) {
      throw new AuthClientError('unavailable', `${answer.left} sessions could not be ended.`);
    }
  }
}

async function end(fields) {
  const answer = await call('sessions', {
    method: 'POST',
    headers: { Accept: 'application/json' },
    body: new URLSearchParams({ ...fields, csrfToken: await csrfToken() }),
  }).catch((error) => {
    throw isForeign() && error.status === 400 ? cookiesBlocked() : error;
  });
  if (answer === null) {
    // Nobody is signed in any more, which other tabs may not know.
    tellTabs();
    return { ended: 0, left: 0 };
  }
  if (!Number.isInteger(answer.ended) || !Number.isInteger(answer.left)) {
    throw noFacade('sessions', 'something that is no number of sessions');
  }
  tellTabs();
  return answer;
}

/** Lets every tab of this origin that shows a session ask again. */
function tellTabs() {
  if (typeof BroadcastChannel === 'function') {
    const channel = new BroadcastChannel('multi-client-auth');
    channel.postMessage(null);
    channel.close();
  }
}

/** Posts a form with a CSRF token, as Auth.js 5 does. The answer is the address to go to. */
async function post(path, fields, target) {
  const reply = await call(path, {
    method: 'POST',
    headers: { 'X-Auth-Return-Redirect': '1' },
    body: new URLSearchParams({ ...fields, csrfToken: await csrfToken(), callbackUrl: target }),
  });
  if (typeof reply?.url !== 'string') {
    throw noFacade(path, 'no address to go to');
  }
  const url = webAddress(reply.url, base());
  if (isForeign() && url.searchParams.get('error') === 'MissingCSRF') {
    throw cookiesBlocked();
  }
  return { ...reply, url: url.href };
}

async function csrfToken() {
  const answer = await call('csrf');
  if (typeof answer?.csrfToken !== 'string') {
    throw noFacade('csrf', 'no csrfToken');
  }
  return answer.csrfToken;
}

async function call(path, options = {}) {
  let response;
  try {
    response = await fetch(`${base()}/${path}`, {
      cache: 'no-store',
      credentials: isForeign() ? 'include' : 'same-origin',
      ...options,
    });
  } catch (cause) {
    const why = isForeign()
      ? `, or it does not know ${location.origin}: add that to the Web origins of the application's client`
      : '';
    throw new AuthClientError('unreachable', `${base()}/${path} could not be reached${why}.`, { cause });
  }
  if (isForeign() && response.headers.get('X-Auth-Problem') === 'cookies_blocked') {
    console.warn(cookiesBlocked().message);
  }
  ahead = Date.parse(response.headers.get('Date')) - Date.now() || ahead;
  const { status } = response;
  let body;
  try {
    body = await response.json();
  } catch (cause) {
    // A proxy that cannot reach the facade: Vite and Next.js answer 500, others 502 or 504. 501 is a server without POST.
    if (status < 500 || status === 501) {
      throw noFacade(path, `status ${status} and no JSON`, status);
    }
    throw unavailable(path, status, cause);
  }
  if (response.ok) {
    return body;
  }
  if (status >= 500 || status === 429 || status === 408) {
    throw unavailable(path, status, body);
  }
  const reason = typeof body?.message === 'string' ? ` It says: ${body.message}` : '';
  if (status === 404) {
    throw Array.isArray(body?.providers)
      ? new AuthClientError('unknown_provider', body.message, { status })
      : noFacade(path, `status 404.${reason}`, status);
  }
  throw new AuthClientError(
    'not_registered',
    `${base()}/${path} refuses requests of ${location.origin} (status ${status}).${reason} Is this origin ` +
      "one of the client's Web origins, and does the proxy in front keep the Host header?",
    { status },
  );
}

/** The facade's own errors are `null` or have a message. Anything else is the answer of a proxy in front of it. */
function unavailable(path, status, body) {
  const own = body === null || typeof body.reference === 'string';
  return new AuthClientError(
    'unavailable',
    `${base()}/${path} cannot answer at the moment (status ${status}).` +
      (own ? ` ${body?.message ?? ''}`.trimEnd() : ' Is the facade running, and can the proxy in front reach it?'),
    { status },
  );
}

function cookiesBlocked() {
  return new AuthClientError(
    'cookies_blocked',
    `The browser did not send the cookies of ${settings.baseUrl} back, because to this page they are third-party ` +
      "cookies. Forward /api/auth/* from the page's own origin to the facade and leave out baseUrl, or serve both " +
      'below one domain.',
  );
}

function noFacade(path, what, status) {
  return new AuthClientError(
    'no_facade',
    `${base()}/${path} answers ${what}. This is not the facade. Forward ${settings.basePath}/* to it.`,
    { status },
  );
}

const base = () => `${settings.baseUrl}${settings.basePath}`;

const isForeign = () => settings.baseUrl !== '' && settings.baseUrl !== location.origin;

/** An absolute address: a facade at another origin cannot resolve a relative one. */
const returnAddress = (redirectTo) => webAddress(redirectTo ?? location.href, location.href).href;

function webAddress(text, relativeTo) {
  let url;
  try {
    url = new URL(text, relativeTo === undefined ? undefined : new URL(relativeTo, location.href));
  } catch (cause) {
    throw new AuthClientError('invalid_url', `"${text}" is not an address.`, { cause });
  }
  // `javascript:` addresses would run in this page.
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new AuthClientError('invalid_url', `"${text}" is not a web address.`);
  }
  return url;
}

function navigate(address) {
  const url = new URL(address, location.href);
  const samePage = url.href.split('#')[0] === location.href.split('#')[0];
  location.assign(url.href);
  // Browsers do not reload a page when only the part after # differs.
  if (samePage && url.hash !== '') {
    location.reload();
  }
}
