import { authenticate } from './server.js';

export { AuthConfigError, AuthServerError } from './server.js';

/**
 * `auth()` for the App Router, with the three signatures of Auth.js:
 *
 * - `await auth()` in server components, server actions and route handlers
 * - `await auth(request)`
 * - `auth((request) => …)` around middleware and route handlers, which read the session from `request.auth`
 */
export function createAuth(options) {
  return (...args) => {
    const [first] = args;
    if (first === undefined) {
      return currentSession(options);
    }
    return typeof first === 'function' ? wrap(first, options) : authenticate(first, options).then(({ session }) => session);
  };
}

/** `auth()` with settings from the environment. */
export const auth = createAuth();

async function currentSession(options) {
  // Imported here, because middleware does not need it and would load it for every request.
  const { headers } = await import('next/headers');
  const { session } = await authenticate({ headers: await headers() }, options);
  // Renewed cookies are dropped: a page cannot set cookies while it is rendered. The next getSession() of the browser
  // renews them.
  return session;
}

function wrap(handler, options) {
  return async (request, context) => {
    const { session, setCookie } = await authenticate(request, options);
    request.auth = session;
    const response = await handler(request, context);
    if (setCookie.length === 0) {
      return response;
    }
    const { NextResponse } = await import('next/server');
    const answer = response ?? NextResponse.next();
    const renewed = new Response(answer.body, answer);
    setCookie.forEach((cookie) => renewed.headers.append('Set-Cookie', cookie));
    // Otherwise a cache could give one user's cookie to another.
    renewed.headers.set('Cache-Control', 'private, no-store');
    return renewed;
  };
}
