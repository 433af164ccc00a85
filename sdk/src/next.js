import { bringsToken } from './bearer.js';
import { originsOf } from './environment.js';
import { isForEverybody, proxy, setRenewed, signIn as startSignIn, signOut as endSession } from './facade.js';
import { authenticate, getAccessToken } from './server.js';
import { demandsSomething, levelsOf } from './step-up.js';

export { AccessTokenError, AuthConfigError, AuthServerError } from './server.js';

const isSignedIn = ({ auth }) => auth !== null;

/**
 * What `NextAuth()` of Auth.js 5 gives, for Next.js behind the facade:
 *
 * - `auth()` reads the session, in server components, server actions, route handlers and middleware
 * - `signIn()` and `signOut()` for server actions and route handlers
 * - `getAccessToken()` for calls of APIs, at the same places
 * - `handlers` for `app/api/auth/[...nextauth]/route.ts`, which forward to the facade
 *
 * Reads the environment when it is used, not when the application is built.
 */
export function createAuth({ authorized = isSignedIn, ...options } = {}) {
  const handler = (request) => proxy(request, options);
  return {
    auth: (...args) => auth(args, { ...options, authorized }),
    signIn: (...args) => signIn(args, options),
    signOut: (settings) => signOut(settings, options),
    getAccessToken: (...args) => accessToken(args, options),
    handlers: { GET: handler, POST: handler },
  };
}

const defaults = createAuth();

/** With settings from the environment. */
const { auth: defaultAuth, signIn: defaultSignIn, signOut: defaultSignOut, getAccessToken: defaultGetAccessToken, handlers } = defaults;
export {
  defaultAuth as auth,
  defaultSignIn as signIn,
  defaultSignOut as signOut,
  defaultGetAccessToken as getAccessToken,
  handlers,
};

/**
 * The signatures of Auth.js:
 *
 * - `await auth()` in server components, server actions and route handlers
 * - `await auth(request)`
 * - `await auth(req, res)` and `await auth(context)` in the pages router
 * - `auth((request) => …)` around middleware and route handlers, which read the session from `request.auth`
 * - `export { auth as middleware }`, which protects the pages that `matcher` names
 *
 * All but the last may end with `{ maxAge, acr }`.
 */
function auth([first, second, third], options) {
  if (first === undefined || demandsSomething(first)) {
    return currentSession(withDemand(options, first));
  }
  if (typeof first === 'function') {
    return wrap(first, withDemand(options, second));
  }
  if (first instanceof Request) {
    return isEvent(second) ? wrap(undefined, options)(first, second) : sessionOf(first, withDemand(options, second));
  }
  return first.req === undefined
    ? sessionOf(first, withDemand(options, third), second)
    : sessionOf(first.req, withDemand(options, second), first.res);
}

/** Nothing else of the second object: Next.js passes objects of its own there. */
function withDemand(options, { maxAge = options.maxAge, acr = options.acr } = {}) {
  levelsOf({ maxAge, acr });
  return { ...options, maxAge, acr };
}

/** What Next.js passes to middleware after the request. */
const isEvent = (value) => typeof value?.waitUntil === 'function';

async function currentSession(options) {
  // Imported here, because middleware does not need it and would load it for every request.
  const { headers } = await import('next/headers');
  const { session } = await authenticate({ headers: await headers() }, options);
  // Renewed cookies are dropped: a page cannot set cookies while it is rendered. The next getSession() of the browser
  // renews them.
  return session;
}

async function sessionOf(request, options, response) {
  const { session, setCookie, unauthorized } = await authenticate(request, options);
  if (response !== undefined) {
    setRenewed(response, setCookie);
    if (unauthorized && demandsSomething(options)) {
      // For the 401 that an API route answers.
      response.setHeader('WWW-Authenticate', unauthorized.headers.get('WWW-Authenticate'));
    }
  }
  return session;
}

function wrap(handler, options) {
  return async (request, context) => {
    const { session, setCookie, unauthorized } = await authenticate(request, options);
    request.auth = session;
    const missing = demandsSomething(options) ? unauthorized : undefined;
    const response = await (handler === undefined
      ? protect(request, options, bringsToken(request, options) ? unauthorized : undefined)
      : (missing ?? answer(handler, request, context)));
    if (setCookie.length === 0) {
      return response;
    }
    const { NextResponse } = await import('next/server');
    const whole = response ?? NextResponse.next();
    const renewed = new Response(whole.body, whole);
    setCookie.forEach((cookie) => renewed.headers.append('Set-Cookie', cookie));
    // Otherwise a cache could give one user's cookie to another.
    renewed.headers.set('Cache-Control', 'private, no-store');
    return renewed;
  };
}

/** Next.js understands `redirect()` in route handlers, but not in middleware. */
async function answer(handler, request, context) {
  try {
    return await handler(request, context);
  } catch (error) {
    const [kind, , ...rest] = isEvent(context) ? String(error?.digest).split(';') : [];
    if (kind !== 'NEXT_REDIRECT') {
      throw error;
    }
    return redirection(new URL(rest.slice(0, -2).join(';'), request.url));
  }
}

/**
 * The response of `authorized`, or the way to the sign-in page and back. `undefined` lets the request pass.
 *
 * @param refused the answer to a program, whose token is not accepted
 */
async function protect(request, options, refused) {
  const { basePath, pathname, search, origin } = request.nextUrl;
  const facade = options.basePath ?? '/api/auth';
  if (isForEverybody(pathname, facade)) {
    return undefined;
  }
  if (refused !== undefined) {
    return refused;
  }
  const decision = await options.authorized({ auth: request.auth, request });
  if (decision instanceof Response) {
    return decision;
  }
  if (decision) {
    return undefined;
  }
  // The configured origin: behind a proxy, nextUrl has the address at which this server listens. The facade is not below the
  // base path of Next.js, and the pages are.
  const own = originsOf(options);
  const url = new URL(`${facade}/signin`, own.includes(origin) || own.length === 0 ? origin : own[0]);
  url.searchParams.set('callbackUrl', `${basePath}${pathname}${search}`);
  // A form must not be sent to the sign-in page.
  return redirection(url, ['GET', 'HEAD'].includes(request.method) ? 307 : 303);
}

/** Not `Response.redirect()`: Next.js changes the headers. */
const redirection = (url, status = 307) => new Response(null, { status, headers: { Location: String(url) } });

/** `getAccessToken(options)`, or `getAccessToken(request, options)` in middleware, route handlers and the pages router. */
async function accessToken([first, second], options) {
  return first?.headers === undefined
    ? getAccessToken(await currentRequest(), { ...options, ...first })
    : getAccessToken(first, { ...options, ...second });
}

/** `signIn(provider, options, authorizationParams)` of Auth.js on the server. */
async function signIn([provider, given = {}, authorizationParams], options) {
  const { redirect: goes = true, redirectTo } = given instanceof FormData ? Object.fromEntries(given) : given;
  const { url, cookies } = await startSignIn(await currentRequest(), provider, {
    ...options,
    redirectTo,
    authorizationParams,
  });
  await setCookies(cookies);
  return goes === false || goes === 'false' ? url : go(url);
}

/** `signOut(options)` of Auth.js on the server. */
async function signOut(given = {}, options) {
  const { redirect: goes = true, redirectTo } = given instanceof FormData ? Object.fromEntries(given) : given;
  const { url, cookies } = await endSession(await currentRequest(), { ...options, redirectTo });
  await setCookies(cookies);
  return goes === false || goes === 'false' ? { redirect: url, url } : go(url);
}

async function currentRequest() {
  const { headers } = await import('next/headers');
  return { headers: await headers() };
}

async function setCookies(set) {
  const { cookies } = await import('next/headers');
  const jar = await cookies();
  set.forEach(({ name, value, options }) => jar.set(name, value, options));
}

async function go(url) {
  const { redirect } = await import('next/navigation');
  return redirect(url);
}
