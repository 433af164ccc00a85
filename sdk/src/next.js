import { authenticate } from './server.js';

export { AuthConfigError, AuthServerError } from './server.js';

/**
 * `auth()` for the App Router, in the three ways that Auth.js has it:
 *
 * - `await auth()` in server components, server actions and route handlers
 * - `await auth(request)`
 * - `auth((request) => …)` around middleware and route handlers, which find the session in `request.auth`
 */
export function createAuth(options) {
  return (...args) => {
    const [first] = args;
    if (first === undefined) {
      return ofTheCurrentRequest(options);
    }
    return typeof first === 'function' ? wrap(first, options) : authenticate(first, options).then(({ session }) => session);
  };
}

/** With settings from the environment. */
export const auth = createAuth();

async function ofTheCurrentRequest(options) {
  // Only here: middleware has its request at hand, and what is imported there is loaded for every request.
  const { headers } = await import('next/headers');
  const { session } = await authenticate({ headers: await headers() }, options);
  // Cookies that a facade renews are not passed on: a page cannot set any while it is rendered. Nothing is lost, as the
  // next getSession() of the browser renews them.
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
    // Else a cache could give one person's cookie to the next.
    renewed.headers.set('Cache-Control', 'private, no-store');
    return renewed;
  };
}
