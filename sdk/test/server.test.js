import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { auth, AuthConfigError, authenticate, AuthServerError, expressAuth } from '../src/server.js';
import { seal } from './seal.js';

const secret = 'a secret of one application 0123456789';
const origin = 'https://portfolio.example.com';
const plain = 'authjs.session-token';
const secure = `__Secure-${plain}`;
const expires = '2100-01-01T00:00:00.000Z';
const claims = { sub: 'user-1', sid: 's', clientId: 'portfolio', exp: Date.parse(expires) / 1000 };
const session = { user: { id: 'user-1', clientId: 'portfolio', emailVerified: false }, expires };

const NAMES = /^AUTH_/;
let environment;
let warnings;
beforeEach(() => {
  warnings = [];
  delete globalThis[Symbol.for('multi-client-auth.said')];
  mock.method(console, 'warn', (...texts) => warnings.push(texts.join(' ')));
  environment = { ...process.env };
  Object.keys(process.env)
    .filter((name) => NAMES.test(name))
    .forEach((name) => delete process.env[name]);
});
afterEach(() => {
  mock.restoreAll();
  Object.keys(process.env)
    .filter((name) => NAMES.test(name) && !(name in environment))
    .forEach((name) => delete process.env[name]);
});

const cookie = (name = secure, sealedWith = secret) => `${name}=${seal(claims, { secret: sealedWith, cookieName: name })}`;
const request = (value, headers = {}, url = `${origin}/page`) =>
  new Request(url, { headers: { ...(value && { cookie: value }), ...headers } });

describe('decode', () => {
  test('reads the session of a Request', async () => {
    assert.deepEqual(await auth(request(cookie()), { secret }), session);
  });

  test('sets no cookies', async () => {
    assert.deepEqual(await authenticate(request(cookie()), { secret }), { session, setCookie: [] });
  });

  test('returns null without a cookie, and for a cookie sealed with another secret', async () => {
    assert.equal(await auth(request(), { secret }), null);
    assert.equal(await auth(request(cookie(secure, 'another')), { secret }), null);
  });

  test('reads its secrets from the environment, highest number first', async () => {
    process.env.AUTH_SECRET = 'older';
    process.env.AUTH_SECRET_1 = secret;
    assert.deepEqual(await auth(request(cookie())), session);
    assert.deepEqual(await auth(request(cookie(secure, 'older'))), session);
  });

  for (const wrong of [undefined, '', [], ['']]) {
    test(`rejects if there is no secret: ${JSON.stringify(wrong)}`, () =>
      assert.rejects(auth(request(cookie()), { secret: wrong }), AuthConfigError));
  }

  test('ignores the session of another client', async () => {
    assert.equal(await auth(request(cookie()), { secret, clientId: 'dashboard' }), null);
    assert.deepEqual(await auth(request(cookie()), { secret, clientId: 'portfolio' }), session);
    process.env.AUTH_KEYCLOAK_ID = 'dashboard';
    assert.equal(await auth(request(cookie()), { secret }), null);
  });

  describe('chooses the cookie by the scheme', () => {
    const read = (name, options, headers, url) => auth(request(cookie(name), headers, url), { secret, ...options });
    const http = 'http://portfolio.example.com/';

    test('of the request', async () => {
      assert.equal(await read(plain), null);
      assert.deepEqual(await read(plain, {}, {}, http), session);
      assert.equal(await read(secure, {}, {}, http), null);
    });

    test('that a proxy forwards, before that of the request', async () => {
      assert.deepEqual(await read(secure, {}, { 'x-forwarded-proto': 'https, http' }, http), session);
      assert.equal(await read(secure, {}, { 'x-forwarded-proto': 'http' }), null);
    });

    test('of the configured origin, before all others', async () => {
      assert.deepEqual(await read(secure, { origin }, { 'x-forwarded-proto': 'http' }, http), session);
      process.env.AUTH_URL = `${origin}/api/auth`;
      assert.deepEqual(await read(secure, {}, { 'x-forwarded-proto': 'http' }, http), session);
      delete process.env.AUTH_URL;
      process.env.AUTH_ORIGIN = 'http://portfolio.example.com';
      assert.deepEqual(await read(plain), session);
    });
  });

  test('reads cookies with and without the client id, whether or not clients share a host name', async () => {
    const name = '__Secure-portfolio.authjs.session-token';
    const shared = { secret, sharedHost: true, clientId: 'portfolio' };
    assert.deepEqual(await auth(request(cookie(name)), shared), session);
    assert.deepEqual(await auth(request(cookie()), shared), session);
    assert.deepEqual(await auth(request(cookie(name)), { secret, clientId: 'portfolio' }), session);
    assert.equal(await auth(request(cookie('__Secure-dashboard.authjs.session-token')), shared), null);
  });

  describe('without a client id finds its cookie by the secret', () => {
    const prefixed = (client, more = {}, sealedWith = secret) => {
      const name = `__Secure-${client}.authjs.session-token`;
      return `${name}=${seal({ ...claims, clientId: client, ...more }, { secret: sealedWith, cookieName: name })}`;
    };

    test('under the name that the facade uses where clients share a host name', async () => {
      assert.deepEqual(await auth(request(prefixed('portfolio')), { secret }), session);
      assert.deepEqual(await auth(request(prefixed('portfolio')), { secret, sharedHost: true }), session);
    });

    test('beside those of other clients, at any position', async () => {
      const others = ['dashboard', 'a.b', 'caf!e9!'].map((client) => prefixed(client, {}, `secret of ${client}`));
      for (const all of [[prefixed('portfolio'), ...others], [...others, prefixed('portfolio')]]) {
        assert.deepEqual(await auth(request(all.join('; ')), { secret }), session);
      }
      assert.equal(await auth(request(others.join('; ')), { secret }), null);
    });

    test('under the hash that the facade writes for a very long client id', async () => {
      const clientId = 'c'.repeat(120);
      const name = '__Secure-!~fvMmPl4DCuSioi5oJTlSkA.authjs.session-token';
      const value = `${name}=${seal({ ...claims, clientId }, { secret, cookieName: name })}`;
      for (const options of [{ secret }, { secret, clientId }]) {
        assert.equal((await auth(request(value), options)).user.clientId, clientId);
      }
      assert.equal(await auth(request(value), { secret, clientId: 'portfolio' }), null);
    });

    test('in chunks', async () => {
      const name = '__Secure-portfolio.authjs.session-token';
      const token = seal({ ...claims, groups: 'x'.repeat(4000) }, { secret, cookieName: name });
      const chunks = token.match(/.{1,3936}/g).map((value, number) => `${name}.${number}=${value}`);
      assert.deepEqual(await auth(request(chunks.join('; ')), { secret }), session);
    });

    test('only where the name and the session are of the same client', async () => {
      assert.equal(await auth(request(prefixed('portfolio', { clientId: 'dashboard' })), { secret }), null);
    });

    test('but returns null if the secret was copied to another client, whose session is there too', async () => {
      assert.equal(await auth(request(`${prefixed('portfolio')}; ${prefixed('dashboard')}`), { secret }), null);
    });

    test('after any number of planted names, as long as its own name is known', async () => {
      const planted = Array.from({ length: 300 }, (_, number) => `__Secure-p${number}.authjs.session-token=x`).join('; ');
      const options = { secret, clientId: 'portfolio' };
      assert.deepEqual(await auth(request(`${planted}; ${prefixed('portfolio')}`), options), session);
      assert.deepEqual(await auth(request(`${planted}; ${cookie()}`), { secret }), session);
    });

    test('with limited work for planted names', async () => {
      const { subtle } = globalThis.crypto;
      const derive = mock.method(subtle, 'deriveBits');
      const token = seal(claims, { secret: 'another', cookieName: secure });
      const planted = Array.from({ length: 300 }, (_, number) => `__Secure-q${number}.authjs.session-token=${token}`);
      assert.equal(await auth(request(planted.join('; ')), { secret }), null);
      assert.ok(derive.mock.callCount() <= 20, `${derive.mock.callCount()} keys`);
    });
  });

  test('reads a cookie of either scheme if nothing says which one is right', async () => {
    for (const name of [plain, secure]) {
      assert.deepEqual(await auth({ headers: { cookie: cookie(name) } }, { secret }), session);
    }
  });

  describe('warns once', () => {
    const warnsOnce = async (pattern, cookies, options = { secret }) => {
      for (let time = 0; time < 3; time++) {
        assert.equal(await auth(request(cookies), options), null);
      }
      assert.equal(warnings.length, 1, warnings.join('\n'));
      assert.match(warnings[0], pattern);
      for (const { value } of cookies.split('; ').map((pair) => ({ value: pair.split('=')[1] }))) {
        assert.equal(warnings[0].includes(value), false);
      }
    };

    test('if a cookie does not open, with what to set', () =>
      warnsOnce(/"__Secure-authjs\.session-token".*Set AUTH_SECRET to the secret of this application/, cookie(secure, 'another')));

    test('if a cookie with the own client id does not open', () =>
      warnsOnce(/AUTH_SECRET does not open/, '__Secure-portfolio.authjs.session-token=xyz', { secret, clientId: 'portfolio' }));

    test('if the cookie is one of https, and AUTH_URL begins with http', async () => {
      process.env.AUTH_URL = 'http://portfolio.example.com';
      await warnsOnce(/one of https.*begins with http:.*Set AUTH_URL/, cookie());
      warnings.length = 0;
      delete globalThis[Symbol.for('multi-client-auth.said')];
      await warnsOnce(/one of https.*Set AUTH_URL/, `${cookie()}; ${cookie(plain, 'another')}`);
    });

    test('if the cookie is one of http, and AUTH_URL begins with https', async () => {
      process.env.AUTH_URL = origin;
      await warnsOnce(/one of http,.*begins with https:.*Set AUTH_URL/, cookie(plain));
    });

    test('if the client id is another', async () => {
      await warnsOnce(/another client than "dashboard".*AUTH_KEYCLOAK_ID/, cookie(), { secret, clientId: 'dashboard' });
      warnings.length = 0;
      delete globalThis[Symbol.for('multi-client-auth.said')];
      await warnsOnce(/another client than "portfolo"/, cookie('__Secure-portfolio.authjs.session-token'), {
        secret,
        clientId: 'portfolo',
      });
    });

    test('with mode ask, if the cookie is one of https, and AUTH_URL begins with http', async () => {
      const options = { mode: 'ask', origin: 'http://portfolio.example.com', fetch: async () => Response.json(null) };
      await warnsOnce(/one of https.*Set AUTH_URL/, cookie(), options);
    });

    test('and never about a session that has ended, cookies of other clients, or a user who is not signed in', async () => {
      const ended = `${secure}=${seal({ ...claims, exp: 1000 }, { secret, cookieName: secure })}`;
      const foreign = cookie('__Secure-dashboard.authjs.session-token', 'another');
      for (const cookies of [undefined, 'theme=dark', ended, foreign, `${foreign}; ${ended}`]) {
        assert.equal(await auth(request(cookies), { secret, clientId: 'portfolio' }), null);
      }
      assert.deepEqual(await auth(request(`${cookie(secure, 'another')}; ${cookie()}`), { secret }), session);
      assert.deepEqual(warnings, []);
    });

    test('without control characters that a cookie name may bring', async () => {
      const name = `${secure}\u001b[31m`;
      assert.equal(await auth({ headers: { cookie: `${name}=x; ${'a'.repeat(900)}.authjs.session-token=x` } }, { secret }), null);
      assert.equal(warnings.length, 1);
      assert.ok(/^[ -~]{1,600}$/.test(warnings[0]), warnings[0]);
    });
  });

  test('ignores a planted cookie that does not open, at any position', async () => {
    for (const planted of [`${secure}=x`, `${secure}=`, cookie(secure, 'another'), `${secure}.0=x`, `${secure}.5=x`]) {
      assert.deepEqual(await auth(request(`${planted}; ${cookie()}`), { secret }), session, planted);
      assert.deepEqual(await auth(request(`${cookie()}; ${planted}`), { secret }), session, planted);
    }
  });

  test('ignores a planted chunk beside a session in chunks, at any position', async () => {
    const token = seal({ ...claims, groups: 'x'.repeat(4000) }, { secret, cookieName: secure });
    const chunks = token.match(/.{1,3936}/g).map((value, number) => `${secure}.${number}=${value}`);
    assert.equal(chunks.length, 2);
    const long = 'x'.repeat(3936);
    for (const planted of ['.0=x', `.0=${long}`, '.1=x', `.1=${long}`, '.2=x', '.5=x', '.16=x', '.01=x', '=x', `=${long}`]) {
      assert.deepEqual(await auth(request([secure + planted, ...chunks].join('; ')), { secret }), session, planted);
      assert.deepEqual(await auth(request([...chunks, secure + planted].join('; ')), { secret }), session, planted);
    }
  });

  test('returns null for sessions of two users, and the latest session of one user', async () => {
    const sealed = (more) => `${secure}=${seal({ ...claims, ...more }, { secret, cookieName: secure })}`;
    const two = `${sealed({})}; ${sealed({ sub: 'user-2' })}`;
    assert.equal(await auth(request(two), { secret }), null);
    const [earlier, later] = [sealed({ name: 'Old', signedInAt: 1 }), sealed({ name: 'New', signedInAt: 2 })];
    for (const both of [`${earlier}; ${later}`, `${later}; ${earlier}`]) {
      assert.equal((await auth(request(both), { secret })).user.name, 'New');
    }
  });

  test('refuses an origin with a path', () =>
    assert.rejects(auth(request(cookie()), { secret, origin: `${origin}/app` }), /scheme, host and port/));

  test('refuses unknown modes', () => assert.rejects(auth(request(), { mode: 'guess' }), AuthConfigError));
});

describe('ask', () => {
  /** A facade that gives one answer and records the requests. */
  function facade(body, init = {}) {
    const asked = [];
    const fake = async (address, options) => {
      asked.push({ address: String(address), ...options });
      if (body instanceof Error) {
        throw body;
      }
      return new Response(typeof body === 'string' ? body : JSON.stringify(body), init);
    };
    return { asked, options: { mode: 'ask', origin, facadeUrl: 'http://facade:8090', fetch: fake } };
  }

  test('forwards our cookies and no others, and names the application', async () => {
    const { asked, options } = facade(session);
    const header = `theme=dark; ${secure}=a; __Host-authjs.csrf-token=b; portfolio.authjs.session-token=c; authjsx=d`;
    assert.deepEqual(await auth(request(header), options), session);
    assert.equal(asked[0].address, 'http://facade:8090/api/auth/session');
    assert.equal(
      asked[0].headers.cookie,
      `${secure}=a; __Host-authjs.csrf-token=b; portfolio.authjs.session-token=c`,
    );
    assert.equal(asked[0].headers['x-forwarded-host'], 'portfolio.example.com');
    assert.equal(asked[0].headers['x-forwarded-proto'], 'https');
    assert.equal(asked[0].headers['x-client-origin'], origin);
    assert.equal(asked[0].redirect, 'manual');
  });

  test('returns the cookies that the facade sets', async () => {
    const headers = new Headers([
      ['Set-Cookie', 'one=1; Path=/'],
      ['Set-Cookie', 'two=2; Path=/'],
    ]);
    const { options } = facade(session, { headers });
    assert.deepEqual(await authenticate(request(cookie()), options), {
      session,
      setCookie: ['one=1; Path=/', 'two=2; Path=/'],
    });
  });

  test('returns null if the facade answers null', async () => {
    const { options } = facade(null);
    assert.equal(await auth(request(cookie()), options), null);
  });

  test('sends no request to the facade if there are no cookies of ours', async () => {
    const { asked, options } = facade(session);
    assert.equal(await auth(request('theme=dark'), options), null);
    assert.deepEqual(asked, []);
  });

  for (const [what, body, init, code] of [
    ['an empty object', {}, {}, 'refused'],
    ['an error that looks like a session', session, { status: 400 }, 'refused'],
    ['a redirect', null, { status: 302, headers: { Location: 'https://evil.example/' } }, 'refused'],
    ['HTML', '<!doctype html>', {}, 'refused'],
    ['a session without client', { user: { id: 'user-1' }, expires }, {}, 'refused'],
    ['a number', 7, {}, 'refused'],
    ['503 with null', null, { status: 503 }, 'unavailable'],
    ['503 with a session', session, { status: 503 }, 'unavailable'],
    ['nothing', new TypeError('fetch failed'), {}, 'unavailable'],
  ]) {
    test(`rejects: ${what}`, () => {
      const { options } = facade(body, init);
      return assert.rejects(auth(request(cookie()), options), (error) => {
        assert.ok(error instanceof AuthServerError);
        assert.equal(error.code, code);
        return true;
      });
    });
  }

  test('ignores the session of another client', async () => {
    const { options } = facade(session);
    assert.equal(await auth(request(cookie()), { ...options, clientId: 'dashboard' }), null);
  });

  test('asks at the configured address of the application if no facade is configured', async () => {
    const { asked, options } = facade(session);
    const elsewhere = request(cookie(), { host: 'evil.example' }, 'https://evil.example/');
    assert.deepEqual(await auth(elsewhere, { ...options, facadeUrl: undefined }), session);
    assert.equal(asked[0].address, `${origin}/api/auth/session`);
    assert.equal('x-forwarded-host' in asked[0].headers, false);
    assert.equal('x-client-origin' in asked[0].headers, false);
  });

  test('never asks a host that the request names', () => {
    const { options } = facade(session);
    const unconfigured = { ...options, facadeUrl: undefined, origin: undefined };
    return assert.rejects(auth(request(cookie()), unconfigured), AuthConfigError);
  });

  test('needs the address of the application to ask a facade', () => {
    const { options } = facade(session);
    return assert.rejects(auth(request(cookie()), { ...options, origin: undefined }), /AUTH_URL/);
  });
});

describe('expressAuth, on a real server', () => {
  /** Returns over HTTP what the handler behind the middleware sees. */
  async function serve(options, headers) {
    const middleware = expressAuth(options);
    const server = createServer((incoming, outgoing) =>
      middleware(incoming, outgoing, (error) => {
        outgoing.statusCode = error ? 500 : 200;
        outgoing.end(JSON.stringify(error ? error.name : incoming.auth));
      }),
    );
    await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
    try {
      return await fetch(`http://127.0.0.1:${server.address().port}/`, { headers });
    } finally {
      server.close();
    }
  }

  test('puts the session into req.auth', async () => {
    const response = await serve({ secret }, { cookie: cookie(plain) });
    assert.deepEqual(await response.json(), session);
    assert.equal(response.headers.get('cache-control'), null);
  });

  test('puts null into req.auth', async () => {
    assert.equal(await (await serve({ secret })).json(), null);
  });

  test('forwards cookies of the facade and forbids caching', async () => {
    const fake = async () => Response.json(session, { headers: { 'Set-Cookie': 'one=1' } });
    const response = await serve({ mode: 'ask', origin, fetch: fake }, { cookie: cookie() });
    assert.deepEqual(response.headers.getSetCookie(), ['one=1']);
    assert.equal(response.headers.get('cache-control'), 'private, no-store');
    assert.deepEqual(await response.json(), session);
  });

  test('passes failures to next() instead of treating the user as signed out', async () => {
    const response = await serve({ secret: '' });
    assert.equal(response.status, 500);
    assert.equal(await response.json(), 'AuthConfigError');
  });
});
