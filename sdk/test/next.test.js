import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { next } from './next-stubs.js';
import { createAuth } from '../src/next.js';
import { seal } from './seal.js';

const origin = 'https://portfolio.example.com';
const secret = 'a secret of one application 0123456789';
const cookieName = '__Secure-authjs.session-token';
const expires = '2100-01-01T00:00:00.000Z';
const claims = { sub: 'user-1', sid: 's', clientId: 'portfolio', exp: Date.parse(expires) / 1000 };
const session = { user: { id: 'user-1', clientId: 'portfolio', emailVerified: false }, expires };
const signedIn = { cookie: `${cookieName}=${seal(claims, { secret, cookieName })}` };
const keycloak = 'https://id.example.com/auth?a=1;b=2';
const renewal = '__Secure-authjs.session-token=new; Max-Age=9; Path=/; HttpOnly; Secure; SameSite=Lax';

/** A facade that gives this answer, and what it was asked. */
let asked;
function facade(body, setCookie = []) {
  const headers = new Headers(setCookie.map((cookie) => ['Set-Cookie', cookie]));
  return {
    origin,
    secret,
    facadeUrl: 'http://facade:8090',
    fetch: async (address, init) => {
      asked.push({ url: String(address), ...init, body: init.body && new TextDecoder().decode(init.body) });
      return new Response(JSON.stringify(body), { headers });
    },
  };
}

beforeEach(() => {
  asked = [];
  next.headers = new Headers({ cookie: 'authjs.csrf-token=c', referer: `${origin}/prices` });
  next.cookies = [];
});

/** What `redirect()` of Next.js was called with. */
const target = (promise) =>
  promise.then(
    () => assert.fail('does not redirect'),
    (error) => {
      assert.match(error.digest ?? String(error), /^NEXT_REDIRECT/);
      return error.digest.split(';').slice(2, -2).join(';');
    },
  );

describe('signIn of a server action', () => {
  test('passes on the cookies and goes to Keycloak', async () => {
    const { signIn } = createAuth(facade({ url: keycloak }, [renewal, 'a=b%7C']));
    assert.equal(await target(signIn('github', { redirectTo: '/dashboard' }, { prompt: 'login' })), keycloak);
    assert.equal(asked[0].url, 'http://facade:8090/api/auth/signin/github?prompt=login');
    assert.equal(asked[0].body, 'callbackUrl=%2Fdashboard');
    assert.equal(asked[0].headers.cookie, 'authjs.csrf-token=c');
    assert.deepEqual(next.cookies, [
      [
        '__Secure-authjs.session-token',
        'new',
        { maxAge: 9, path: '/', httpOnly: true, secure: true, sameSite: 'lax' },
      ],
      ['a', 'b|', { httpOnly: false, secure: false }],
    ]);
  });

  test('comes back to the page', async () => {
    await target(createAuth(facade({ url: keycloak })).signIn('github'));
    assert.equal(asked[0].body, `callbackUrl=${encodeURIComponent(`${origin}/prices`)}`);
  });

  test('takes a form', async () => {
    const form = new FormData();
    form.set('redirectTo', '/a');
    form.set('$ACTION_ID_1', 'x');
    await target(createAuth(facade({ url: keycloak })).signIn('github', form));
    assert.equal(asked[0].body, 'callbackUrl=%2Fa');
  });

  for (const redirect of [false, 'false']) {
    test(`returns the address with redirect: ${JSON.stringify(redirect)}`, async () => {
      const { signIn } = createAuth(facade({ url: keycloak }, [renewal]));
      assert.equal(await signIn('github', { redirect }), keycloak);
      assert.equal(next.cookies.length, 1);
    });
  }

  test('goes to the sign-in page without a provider', async () => {
    const url = await target(createAuth(facade()).signIn());
    assert.equal(url, `${origin}/api/auth/signin?callbackUrl=${encodeURIComponent(`${origin}/prices`)}`);
  });

  test('sets no cookies if the facade refuses', () =>
    assert.rejects(createAuth(facade({}, [renewal])).signIn('github'), { code: 'refused' }).then(() => {
      assert.deepEqual(next.cookies, []);
    }));
});

describe('signOut of a server action', () => {
  test('ends the session at the facade and goes on', async () => {
    const { signOut } = createAuth(facade({ url: `${origin}/` }, ['authjs.session-token=; Max-Age=0; Path=/']));
    assert.equal(await target(signOut({ redirectTo: '/' })), `${origin}/`);
    assert.equal(asked[0].url, 'http://facade:8090/api/auth/signout');
    assert.deepEqual(next.cookies, [['authjs.session-token', '', { httpOnly: false, secure: false, maxAge: 0, path: '/', expires: new Date(0) }]]);
  });

  test('returns the address with redirect: false', async () => {
    const { signOut } = createAuth(facade({ url: `${origin}/` }));
    assert.equal((await signOut({ redirect: false })).redirect, `${origin}/`);
  });
});

test('handlers forward to the facade', async () => {
  const { handlers } = createAuth(facade({ csrfToken: 'c' }, [renewal]));
  const response = await handlers.GET(new Request(`${origin}/api/auth/csrf`));
  assert.deepEqual([await response.json(), response.headers.getSetCookie()], [{ csrfToken: 'c' }, [renewal]]);
  assert.equal((await handlers.POST(new Request(`${origin}/api/auth/signout`, { method: 'POST' }))).status, 200);
  assert.deepEqual(
    asked.map(({ method }) => method),
    ['GET', 'POST'],
  );
});

describe('auth', () => {
  const request = (headers) => new Request(`${origin}/page`, { headers });
  const { auth } = createAuth({ secret, origin });

  test('reads the session of a server component', async () => {
    assert.equal(await auth(), null);
    next.headers = new Headers(signedIn);
    assert.deepEqual(await auth(), session);
  });

  test('reads the session of a given request', async () => {
    assert.deepEqual(await auth(request(signedIn)), session);
  });

  test('reads the session in the pages router, and passes on renewed cookies', async () => {
    const sent = [];
    const res = { appendHeader: (...header) => sent.push(header), setHeader: (...header) => sent.push(header) };
    const options = { ...facade(session, [renewal]), mode: 'ask' };
    assert.deepEqual(await createAuth(options).auth({ headers: signedIn }, res), session);
    assert.deepEqual(await createAuth(options).auth({ req: { headers: signedIn }, res }), session);
    const expected = [
      ['Set-Cookie', renewal],
      ['Cache-Control', 'private, no-store'],
    ];
    assert.deepEqual(sent, [...expected, ...expected]);
  });

  test('passes the session to a handler and returns its answer', async () => {
    const answer = new Response('fine');
    const handler = auth((incoming, context) => {
      assert.deepEqual(incoming.auth, session);
      assert.equal(context, 'context');
      return answer;
    });
    assert.equal(typeof handler, 'function');
    assert.equal(await handler(request(signedIn), 'context'), answer);
  });

  test('passes null to a handler', async () => {
    const handler = auth((incoming) => Response.json(incoming.auth));
    assert.equal(await (await handler(request())).json(), null);
  });

  test('adds renewed cookies to the answer of a handler', async () => {
    const handler = createAuth({ ...facade(session, [renewal]), mode: 'ask' }).auth(() => undefined);
    const response = await handler(request(signedIn));
    assert.deepEqual(response.headers.getSetCookie(), [renewal]);
    assert.equal(response.headers.get('x-middleware-next'), '1');
  });
});

describe('auth as middleware', () => {
  const event = { waitUntil() {} };

  /** A request as Next.js gives it to middleware, which does not show its base path in `nextUrl.pathname`. */
  function request(path, { headers, basePath = '', at = origin } = {}) {
    const { pathname, search } = new URL(path, at);
    const url = `${at}${basePath}${path}`;
    return Object.assign(new Request(url, { headers }), { nextUrl: { basePath, pathname, search, origin: at } });
  }

  const { auth } = createAuth({ secret, origin });

  test('sends strangers to the sign-in page and back', async () => {
    const response = await auth(request('/dashboard?a=1&b=2'), event);
    assert.equal(response.status, 307);
    assert.equal(
      response.headers.get('location'),
      `${origin}/api/auth/signin?callbackUrl=${encodeURIComponent('/dashboard?a=1&b=2')}`,
    );
  });

  test('does not send forms to the sign-in page', async () => {
    const form = Object.assign(new Request(`${origin}/dashboard`, { method: 'POST' }), {
      nextUrl: { basePath: '', pathname: '/dashboard', search: '', origin },
    });
    assert.equal((await auth(form, event)).status, 303);
  });

  test('comes back below the base path, and signs in outside of it', async () => {
    const response = await auth(request('/dashboard', { basePath: '/docs' }), event);
    assert.equal(response.headers.get('location'), `${origin}/api/auth/signin?callbackUrl=%2Fdocs%2Fdashboard`);
  });

  test('names the configured origin, not the address behind a proxy', async () => {
    const response = await auth(request('/dashboard', { at: 'http://0.0.0.0:3000' }), event);
    assert.match(response.headers.get('location'), /^https:\/\/portfolio\.example\.com\//);
  });

  test('lets users pass', async () => {
    assert.equal(await auth(request('/dashboard', { headers: signedIn }), event), undefined);
  });

  for (const path of ['/api/auth/signin', '/api/auth', '/_next/static/chunk.js']) {
    test(`lets everybody pass to ${path}`, async () => {
      assert.equal(await auth(request(path), event), undefined);
    });
  }

  for (const path of ['/api/authors', '/_nextdoor']) {
    test(`protects ${path}`, async () => {
      assert.equal((await auth(request(path), event)).status, 307);
    });
  }

  test('decides with authorized', async () => {
    const decide = createAuth({
      secret,
      origin,
      authorized: ({ auth: who, request: { nextUrl } }) =>
        nextUrl.pathname === '/403' ? new Response(null, { status: 403 }) : who !== null || nextUrl.pathname === '/open',
    }).auth;
    assert.equal((await decide(request('/403'), event)).status, 403);
    assert.equal(await decide(request('/open'), event), undefined);
    assert.equal((await decide(request('/closed'), event)).status, 307);
  });

  test('may start a sign-in', async () => {
    const { auth: around, signIn } = createAuth(facade({ url: keycloak }, [renewal]));
    const response = await around(() => signIn('github'))(request('/dashboard'), event);
    assert.deepEqual([response.status, response.headers.get('location')], [307, keycloak]);
    assert.equal(next.cookies.length, 1);
  });

  test('passes on other errors', () =>
    assert.rejects(
      auth(() => {
        throw new Error('mine');
      })(request('/'), event),
      /mine/,
    ));
});
