/**
 * Signing in and out from a page, and asking who is signed in.
 *
 * One file without imports: the facade serves it as `/api/auth/client.js`, bundlers take it from the package.
 */

/**
 * Why something could not be done. `code` is one of
 *
 * - `unreachable`: no answer; offline, or a foreign facade that does not know this page's origin
 * - `not_registered`: the facade knows no application at this origin
 * - `no_facade`: whoever answers at the base path does not speak Auth.js; most often `/api/auth/*` is not forwarded
 * - `unavailable`: the facade answers, but cannot tell at the moment
 * - `cookies_blocked`: the browser keeps no cookies of a foreign facade
 * - `unknown_provider`: only with `redirect: false`; otherwise the sign-in page offers what there is
 * - `invalid_url`: `redirectTo` or `baseUrl` is no web address
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

/** Where the facade is. Without `baseUrl`, at the page's own origin, which is what most applications want. */
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
  // Never a session by mistake: `{}` and the body of an error would pass for somebody who is signed in.
  if (session === null) {
    return null;
  }
  if (typeof session.user !== 'object' || session.user === null || typeof session.expires !== 'string') {
    throw noFacade('session', 'an object that is no session');
  }
  return session;
}

/**
 * Leaves for the provider, and comes back to `redirectTo`, or to this page.
 *
 * Without a provider, or with one that this application does not offer, goes to the page that offers what there is.
 * With `redirect: false` stays, and returns `{ error, code, status, ok, url }`.
 *
 * `authorizationParams` may be `login_hint`, `prompt`, `ui_locales`, `max_age` and `acr_values`.
 */
export async function signIn(provider, options = {}, authorizationParams = {}) {
  const { callbackUrl, redirect = true, redirectTo = callbackUrl, ...fields } = options;
  const target = returnAddress(redirectTo);
  const providers = await call('providers');
  if (provider === undefined || provider === null || !Object.hasOwn(providers ?? {}, provider)) {
    if (!redirect) {
      const offered = Object.keys(providers ?? {}).join(', ') || 'none';
      throw new AuthClientError('unknown_provider', `There is no provider "${provider}" here, but: ${offered}.`);
    }
    navigate(`${base()}/signin?${new URLSearchParams({ callbackUrl: target })}`);
    return undefined;
  }
  const query = new URLSearchParams(authorizationParams).toString();
  const reply = await post(`signin/${encodeURIComponent(provider)}${query && `?${query}`}`, fields, target);
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

/** Ends the session, everywhere, and goes to `redirectTo`, or reloads this page. With `redirect: false` stays. */
export async function signOut(options = {}) {
  const { callbackUrl, redirect = true, redirectTo = callbackUrl } = options;
  const reply = await post('signout', {}, returnAddress(redirectTo));
  if (redirect) {
    navigate(reply.url);
    return undefined;
  }
  return reply;
}

/** The way of Auth.js 5: a token first, then a form, answered with the address to go to. */
async function post(path, fields, target) {
  const { csrfToken } = (await call('csrf')) ?? {};
  if (typeof csrfToken !== 'string') {
    throw noFacade('csrf', 'no csrfToken');
  }
  const reply = await call(path, {
    method: 'POST',
    headers: { 'X-Auth-Return-Redirect': '1' },
    body: new URLSearchParams({ ...fields, csrfToken, callbackUrl: target }),
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
      ? `, or it does not know ${location.origin}: register that under Web origins of the application's client`
      : '';
    throw new AuthClientError('unreachable', `${base()}/${path} could not be reached${why}.`, { cause });
  }
  if (isForeign() && response.headers.get('X-Auth-Problem') === 'cookies_blocked') {
    console.warn(cookiesBlocked().message);
  }
  let body;
  try {
    body = await response.json();
  } catch {
    throw noFacade(path, `status ${response.status} and no JSON`, response.status);
  }
  if (response.ok) {
    return body;
  }
  if (response.status >= 500) {
    const message = `${base()}/${path} cannot answer at the moment (status ${response.status}).`;
    throw new AuthClientError('unavailable', message, { status: response.status });
  }
  const reason = typeof body?.message === 'string' ? ` It says: ${body.message}` : '';
  throw new AuthClientError(
    'not_registered',
    `${base()}/${path} refuses requests of ${location.origin} (status ${response.status}).${reason} Is this origin ` +
      "one of the client's Web origins, and does the proxy in front keep the Host header?",
    { status: response.status },
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
    `${base()}/${path} answers ${what}: that is not the facade. Forward ${settings.basePath}/* to it.`,
    { status },
  );
}

const base = () => `${settings.baseUrl}${settings.basePath}`;

const isForeign = () => settings.baseUrl !== '' && settings.baseUrl !== location.origin;

/** Absolute, because a facade elsewhere cannot know what a relative address is relative to. */
const returnAddress = (redirectTo) => webAddress(redirectTo ?? location.href, location.href).href;

function webAddress(text, relativeTo) {
  let url;
  try {
    url = new URL(text, relativeTo === undefined ? undefined : new URL(relativeTo, location.href));
  } catch (cause) {
    throw new AuthClientError('invalid_url', `"${text}" is not an address.`, { cause });
  }
  // A script address would run in this page.
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new AuthClientError('invalid_url', `"${text}" is not a web address.`);
  }
  return url;
}

function navigate(address) {
  const url = new URL(address, location.href);
  const samePage = url.href.split('#')[0] === location.href.split('#')[0];
  location.assign(url.href);
  // Browsers do not load a page again when only the part after # differs.
  if (samePage && url.hash !== '') {
    location.reload();
  }
}
