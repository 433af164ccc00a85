// Stands in for Next.js: `next/headers`, `next/navigation` and `next/server`, as far as multi-client-auth/next uses them.
import { register } from 'node:module';

const MODULES = {
  'next/headers': 'export const { headers, cookies } = globalThis.nextStubs;',
  'next/navigation': 'export const { redirect } = globalThis.nextStubs;',
  'next/server': 'export const { NextResponse } = globalThis.nextStubs;',
};

register(
  `data:text/javascript,${encodeURIComponent(`
    const modules = ${JSON.stringify(MODULES)};
    export const resolve = (specifier, context, next) =>
      Object.hasOwn(modules, specifier)
        ? { url: 'data:text/javascript,' + encodeURIComponent(modules[specifier]), shortCircuit: true }
        : next(specifier, context);
  `)}`,
);

/** What the action of the test sees and does. */
export const next = { headers: new Headers(), cookies: [] };

globalThis.nextStubs = {
  headers: async () => next.headers,
  cookies: async () => ({ set: (...cookie) => next.cookies.push(cookie) }),
  redirect: (url) => {
    throw Object.assign(new Error('NEXT_REDIRECT'), { digest: `NEXT_REDIRECT;push;${url};307;` });
  },
  NextResponse: class extends Response {
    static next = () => new Response(null, { headers: { 'x-middleware-next': '1' } });
  },
};
