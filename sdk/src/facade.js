import { AuthConfigError, environment, isHttps, originsOf, webUrl } from './environment.js';
import { parseCookies } from './session-token.js';

/** Sends requests to the facade on behalf of a browser, as a reverse proxy does. */

const BASE_PATH = '/api/auth';

/** What the browser sends: more than the facade accepts, so that the facade answers. */
const LARGEST_BODY = 65_536;

/** What the facade sends: pages and its client are much smaller. */
const LARGEST_ANSWER = 2_097_152;

/** Sign-ins which this server has begun in one browser, and nobody has finished. */
const MAX_BEGUN = 5;

/** More can only be planted. */
const MAX_CLEARED = 20;

/** The cookie of a sign-in that begins. */
const BEGUN = /^((?:[^=;]+\.|__Secure-)?authjs\.)transaction\.([A-Za-z0-9_-]{12})=[^;]+;(.*)$/;
const ID = /^[A-Za-z0-9_-]{12}$/;

/** Headers that belong to one connection (RFC 9110, section 7.6.1), and those that {@link proxy} writes itself. */
const NOT_FORWARDED = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'content-length',
];
const NOT_TO_THE_FACADE = new Set([
  ...NOT_FORWARDED,
  'host',
  'cookie',
  'expect',
  'accept-encoding',
  // It may be for this application, such as a password of a staging site.
  'authorization',
  'forwarded',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-forwarded-for',
  'x-real-ip',
]);
const NOT_TO_THE_BROWSER = new Set([...NOT_FORWARDED, 'content-encoding', 'set-cookie']);

/** Says that the facade could not be asked, or refused. Do not treat this as signed out. */
export class AuthServerError extends Error {
  /** @param {'unavailable' | 'refused'} code */
  constructor(code, message, { status, cause } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'AuthServerError';
    this.code = code;
    this.status = status;
  }
}

/**
 * Starts a sign-in on the server: what a form action, a server action or a route handler needs to send the browser on.
 *
 * @param request what the browser has sent, with its cookies
 * @returns where to send the browser, and the cookies to send with that
 */
export async function signIn(request, provider, { redirectTo, authorizationParams = {}, ...options } = {}) {
  const facade = facadeFor(request, options);
  const callbackUrl = returnAddress(redirectTo, request);
  if (!provider) {
    // The page with a button for each provider.
    const url = `${facade.origin}${facade.basePath}/signin?${new URLSearchParams({ callbackUrl })}`;
    return { url, setCookie: [], cookies: [] };
  }
  const query = new URLSearchParams(authorizationParams).toString();
  return post(facade, request, `signin/${encodeURIComponent(provider)}${query && `?${query}`}`, callbackUrl);
}

/** Ends the session on the server, at Keycloak and so at all applications. Otherwise like {@link signIn}. */
export async function signOut(request, { redirectTo, ...options } = {}) {
  return post(facadeFor(request, options), request, 'signout', returnAddress(redirectTo, request));
}

/**
 * Forwards a request for `/api/auth/*` to the facade, and answers what it answers. For route handlers of frameworks that have
 * `Request` and `Response`.
 */
export async function proxy(request, options = {}) {
  const facade = facadeFor(request, options);
  if (facade.isHere) {
    throw new AuthConfigError(
      'AUTH_FACADE_URL must be the address of the facade itself, such as http://facade.internal:8090. ' +
        `${facade.url.origin} is this application, which would forward to itself.`,
    );
  }
  const { pathname, search } = new URL(request.url);
  const start = `${pathname}/`.indexOf(`${facade.basePath}/`);
  if (start < 0) {
    throw new AuthConfigError(`Only requests below ${facade.basePath} are for the facade, not ${pathname}.`);
  }
  if (!['GET', 'HEAD', 'POST'].includes(request.method)) {
    return new Response(null, { status: 405, headers: { allow: 'GET, HEAD, POST' } });
  }
  const body = request.method === 'POST' ? await limitedBody(request) : undefined;
  if (body === null) {
    return Response.json({ message: 'The request is too large.' }, { status: 413 });
  }
  const headers = forwarded(facade, request);
  const connection = (request.headers.get('connection') ?? '').toLowerCase().split(/\s*,\s*/);
  request.headers.forEach((value, name) => {
    if (!NOT_TO_THE_FACADE.has(name) && !connection.includes(name)) {
      headers[name] = value;
    }
  });
  try {
    return answer(await send(facade, pathname.slice(start) + search, { method: request.method, headers, body }), request);
  } catch (error) {
    if (!(error instanceof AuthServerError)) {
      throw error;
    }
    console.error(`[multi-client-auth] ${error.message}`);
    return Response.json({ message: 'Signing in is not available at the moment.' }, { status: 503 });
  }
}

function answer({ status, headers, body }, { method }) {
  const kept = new Headers();
  headers.forEach((value, name) => NOT_TO_THE_BROWSER.has(name) || kept.set(name, value));
  headers.getSetCookie().forEach((cookie) => kept.append('Set-Cookie', cookie));
  const empty = method === 'HEAD' || status === 204 || status === 304;
  return new Response(empty ? null : body, { status, headers: kept });
}

/** The body; `null` if it is too large. */
async function limitedBody(request) {
  const chunks = [];
  let length = Number(request.headers.get('content-length') ?? 0) > LARGEST_BODY ? Infinity : 0;
  if (length === 0 && request.body !== null) {
    for (const reader = request.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) {
        break;
      }
      length += value.length;
      if (length > LARGEST_BODY) {
        await reader.cancel();
        break;
      }
      chunks.push(value);
    }
  }
  return length > LARGEST_BODY ? null : joined(chunks);
}

function joined(chunks) {
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  chunks.reduce((at, chunk) => {
    bytes.set(chunk, at);
    return at + chunk.length;
  }, 0);
  return bytes;
}

/** Posts a form as a page of the application would, and reads where the browser has to go. */
async function post(facade, request, path, callbackUrl) {
  const address = `${facade.url.origin}${facade.basePath}/${path}`;
  const { status, headers, body } = await send(facade, `${facade.basePath}/${path}`, {
    method: 'POST',
    headers: {
      ...forwarded(facade, request),
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      // The facade needs no CSRF token with both of these. The framework has checked where the request comes from.
      origin: facade.origin,
      'x-auth-return-redirect': '1',
    },
    body: new TextEncoder().encode(new URLSearchParams({ callbackUrl }).toString()),
  });
  if (status >= 500) {
    throw new AuthServerError('unavailable', `${address} cannot answer at the moment (status ${status}).`, { status });
  }
  const { url, message } = parseObject(body);
  if (status !== 200 || !URL.canParse(url) || new URL(url).searchParams.get('error') === 'MissingCSRF') {
    throw refused(address, status, message);
  }
  const setCookie = clearingOld(headers.getSetCookie(), request);
  return { url, setCookie, cookies: setCookie.map(parseSetCookie) };
}

/**
 * The facade's cookies, and those that clear the oldest sign-ins. The facade does that itself where it sees them, but browsers
 * send them below `/api/auth` only, not to this server. So a cookie of this server lists those that it has begun.
 */
function clearingOld(setCookie, request) {
  const [, prefix, id, attributes] = setCookie.map((cookie) => BEGUN.exec(cookie)).find((match) => match !== null) ?? [];
  if (id === undefined) {
    return setCookie;
  }
  const name = `${prefix}transactions`;
  const known = parseCookies(header(request, 'cookie')).find((cookie) => cookie.name === name)?.value ?? '';
  const begun = [...new Set([...known.split('.').filter((each) => ID.test(each)), id])];
  const lasting = attributes.split(';').filter((each) => !/^\s*expires=/i.test(each));
  const list = [`${name}=${begun.slice(-MAX_BEGUN).join('.')}`, ...lasting.map((each) => each.replace(/(?<=path=).*/i, '/'))];
  const cleared = begun
    .slice(0, -MAX_BEGUN)
    .slice(-MAX_CLEARED)
    .map((old) => [`${prefix}transaction.${old}=`, ...lasting.map((each) => each.replace(/(?<=max-age=).*/i, '0'))]);
  return [...setCookie, ...[list, ...cleared].map((parts) => parts.join(';'))];
}

export function refused(address, status, message) {
  if (status === 404 && message !== undefined) {
    // The facade knows the application, and says which providers there are.
    return new AuthServerError('refused', `${address} refuses the request (status 404). It says: ${message}`, { status });
  }
  return new AuthServerError(
    'refused',
    `${address} refuses the request (status ${status}).${message === undefined ? '' : ` It says: ${message}`} ` +
      "Is it the facade? Is this application's origin registered? " +
      'Is this server one of the proxies whose forwarded headers the facade trusts?',
    { status },
  );
}

function parseObject(bytes) {
  try {
    return { ...JSON.parse(new TextDecoder().decode(bytes)) };
  } catch {
    return {};
  }
}

/**
 * Where the facade is, from settings alone: with the request's `Host`, an attacker could name a server that vouches for any
 * session. If several origins are configured, the request says which of them it is for.
 */
export function facadeFor(request, options) {
  const variables = environment();
  const origins = originsOf(options, variables);
  const origin = origins.length > 1 ? (origins.find((each) => each === ownOrigin(request)) ?? origins[0]) : origins[0];
  const at = options.facadeUrl ?? (variables.AUTH_FACADE_URL || undefined) ?? origin;
  if (at === undefined) {
    throw new AuthConfigError('Set AUTH_FACADE_URL to the address of the facade, or AUTH_URL to the address of this application.');
  }
  if (origin === undefined) {
    throw new AuthConfigError('Set AUTH_URL to the address of this application: the facade recognizes applications by their origin.');
  }
  const url = webUrl(at, 'AUTH_FACADE_URL');
  return { url, origin, basePath: options.basePath ?? BASE_PATH, isHere: url.origin === origin, options };
}

export function ownOrigin(request) {
  const first = (name) => header(request, name)?.split(',')[0].trim();
  const url = URL.canParse(request.url) ? new URL(request.url) : undefined;
  const host = first('x-forwarded-host') ?? first('host') ?? url?.host;
  const scheme = first('x-forwarded-proto') ?? url?.protocol.slice(0, -1) ?? (request.secure === true ? 'https' : 'http');
  const address = `${scheme}://${host}`;
  return URL.canParse(address) ? new URL(address).origin : undefined;
}

/** The headers that say for whom the facade is asked. */
export function forwarded({ origin, isHere, options }, request) {
  const headers = {};
  const cookie = ourCookies(request);
  if (cookie !== '') {
    headers.cookie = cookie;
  }
  if (!isHere) {
    const { host, protocol } = new URL(origin);
    headers['x-forwarded-host'] = host;
    headers['x-forwarded-proto'] = protocol.slice(0, -1);
    // The facade limits sign-ins by address. All people together would have this server's.
    const visitor = options.clientAddress ?? header(request, 'x-forwarded-for');
    if (visitor) {
      headers['x-forwarded-for'] = visitor;
    }
  }
  return headers;
}

/** The facade's own cookies: others are none of its business. */
function ourCookies(request) {
  return parseCookies(header(request, 'cookie'))
    .filter(({ name }) => /^(__Secure-|__Host-)?([^=]+\.)?authjs\./.test(name))
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ');
}

/** Asks, follows no redirects, and limits time and size. */
export async function send({ url, origin, isHere, options }, path, { method = 'GET', headers, body }) {
  const address = new URL(url.origin + path);
  const limit = options.timeout ?? 5000;
  try {
    const http = options.fetch === undefined ? nodeHttp(address) : undefined;
    if (http === undefined) {
      return await overFetch(options.fetch ?? fetch, address, { method, headers, body }, limit);
    }
    // Without TLS, as on a developer's machine, the facade then needs no setting to know whom it is asked for.
    const plain = !isHere && address.protocol === 'http:' && !isHttps(origin);
    const host = plain ? { host: new URL(origin).host } : {};
    return await overNode(http, address, { method, headers: { ...headers, ...host }, body }, limit);
  } catch (cause) {
    throw new AuthServerError('unavailable', `${address.origin}${address.pathname} could not be reached.`, { cause });
  }
}

/** The JSON object at an address, such as that of an issuer's keys. */
export async function fetchJson(address, options) {
  const url = new URL(address);
  const { status, body } = await send({ url, origin: url.origin, isHere: true, options }, url.pathname, {
    headers: { accept: 'application/json' },
  });
  if (status !== 200) {
    throw new AuthServerError('unavailable', `${address} answers with status ${status}.`, { status });
  }
  return parseObject(body);
}

async function overFetch(fetch, address, { method, headers, body }, limit) {
  const response = await fetch(address, {
    method,
    headers,
    body,
    cache: 'no-store',
    redirect: 'manual',
    signal: AbortSignal.timeout(limit),
  });
  return { status: response.status, headers: response.headers, body: new Uint8Array(await response.arrayBuffer()) };
}

/**
 * Node.js' own client, where there is one. Its `fetch` replaces `Sec-Fetch-Mode`, by which the facade tells a click from a
 * script, and sends no `Host` but the facade's. An import would break bundles for other runtimes, and so would a use of `process` that
 * bundlers see.
 */
function nodeHttp({ protocol }) {
  const { process: runtime } = globalThis;
  return runtime?.getBuiltinModule?.(protocol === 'https:' ? 'node:https' : 'node:http');
}

function overNode(http, address, { method, headers, body }, limit) {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': body.length };
    const signal = AbortSignal.timeout(limit);
    const sent = http.request(address, { method, headers: { ...headers, ...length }, signal }, (received) => {
      const chunks = [];
      let size = 0;
      received.on('data', (chunk) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > LARGEST_ANSWER) {
          received.destroy(new Error('The answer is too large.'));
        }
      });
      received.on('error', reject);
      received.on('end', () => resolve({ status: received.statusCode, headers: headersOf(received), body: joined(chunks) }));
    });
    sent.on('error', (error) => {
      if (sent.reusedSocket && error.code === 'ECONNRESET') {
        // The facade has closed an idle connection just now, and has not seen the request.
        resolve(overNode(http, address, { method, headers, body }, limit));
      } else {
        reject(error);
      }
    });
    sent.end(body);
  });
}

function headersOf({ rawHeaders }) {
  const headers = new Headers();
  for (let i = 0; i < rawHeaders.length; i += 2) {
    headers.append(rawHeaders[i], rawHeaders[i + 1]);
  }
  return headers;
}

/**
 * A `Set-Cookie` header as the parameters that frameworks have for cookies: `cookies.set(name, value, options)`. The value is
 * decoded, because they encode it.
 */
export function parseSetCookie(text) {
  const [pair, ...attributes] = text.split(';');
  const equals = pair.indexOf('=');
  // Some frameworks have other defaults.
  const options = { httpOnly: false, secure: false };
  for (const attribute of attributes) {
    const [name, value] = split(attribute);
    switch (name.toLowerCase()) {
      case 'max-age':
        options.maxAge = Number(value);
        break;
      case 'expires':
        options.expires = new Date(value);
        break;
      case 'path':
      case 'domain':
        options[name.toLowerCase()] = value;
        break;
      case 'samesite':
      case 'priority':
        options[name.toLowerCase() === 'priority' ? 'priority' : 'sameSite'] = value.toLowerCase();
        break;
      case 'httponly':
        options.httpOnly = true;
        break;
      case 'secure':
      case 'partitioned':
        options[name.toLowerCase()] = true;
        break;
    }
  }
  if (options.maxAge === 0 && options.expires === undefined) {
    // Some frameworks lose a zero when they copy cookies.
    options.expires = new Date(0);
  }
  return { name: pair.slice(0, equals).trim(), value: decoded(pair.slice(equals + 1).trim()), options };
}

function split(attribute) {
  const equals = attribute.indexOf('=');
  return equals < 0
    ? [attribute.trim(), '']
    : [attribute.slice(0, equals).trim(), attribute.slice(equals + 1).trim()];
}

function decoded(value) {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Sets renewed cookies on a response of Node's http server, and keeps caches from giving them to another user. */
export function setRenewed(response, setCookie) {
  if (setCookie.length > 0) {
    setCookie.forEach((cookie) => response.appendHeader('Set-Cookie', cookie));
    response.setHeader('Cache-Control', 'private, no-store');
  }
}

/** Whether a path must not need a session, because signing in and the framework's own files are below it. */
export const isForEverybody = (pathname, facade = BASE_PATH) =>
  pathname === facade || pathname.startsWith(`${facade}/`) || pathname.startsWith('/_next/');

/** Where the browser goes afterwards; by default back to the page. The facade accepts the application's origins only. */
const returnAddress = (redirectTo, request) => String(redirectTo ?? header(request, 'referer') ?? '/');

/** A header of a `Request`, or of a request of Node's http server or Express. */
export function header(request, name) {
  const { headers } = request;
  const value = typeof headers.get === 'function' ? headers.get(name) : headers[name];
  return value ?? undefined;
}
