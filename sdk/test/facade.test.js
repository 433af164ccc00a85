import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { auth, AuthConfigError, AuthServerError, proxy, signIn, signOut } from '../src/server.js';
import { parseSetCookie } from '../src/facade.js';

const application = 'http://localhost:3000';
const keycloak = 'https://id.example.com/realms/r/protocol/openid-connect/auth?client_id=portfolio';
const transaction =
  'authjs.transaction.AAAAAAAAAAAA=a%7Cb; Max-Age=900; Path=/api/auth; Expires=Mon, 30 Nov 2026 10:00:00 GMT; HttpOnly; SameSite=Lax';

let server;
let requests = [];
let respond;
before(async () => {
  server = createServer((incoming, outgoing) => {
    const chunks = [];
    incoming.on('data', (chunk) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method, url, headers } = incoming;
      requests.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      respond(outgoing, incoming);
    });
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
});
after(() => {
  server.close();
  server.closeAllConnections();
});

const ENVIRONMENT = ['AUTH_URL', 'AUTH_ORIGIN', 'AUTH_FACADE_URL', 'AUTH_KEYCLOAK_ID'];
beforeEach(() => {
  ENVIRONMENT.forEach((name) => delete process.env[name]);
  process.env.AUTH_URL = application;
  process.env.AUTH_FACADE_URL = `http://127.0.0.1:${server.address().port}`;
  requests = [];
  respond = (outgoing) => {
    outgoing.setHeader('Set-Cookie', [transaction, 'authjs.callback-url=x; Path=/']);
    outgoing.setHeader('Content-Type', 'application/json');
    outgoing.end(JSON.stringify({ url: keycloak }));
  };
});
afterEach(() => ENVIRONMENT.forEach((name) => delete process.env[name]));

const page = (headers = {}) =>
  new Request(`${application}/login`, { headers: { cookie: 'theme=dark; authjs.csrf-token=c', ...headers } });

describe('signIn and signOut', () => {
  test('post what a page of the application would, with its cookies', async () => {
    const { url, setCookie } = await signIn(page(), 'github', {
      redirectTo: '/dashboard?a=1',
      authorizationParams: { login_hint: 'ada' },
    });

    assert.equal(url, keycloak);
    assert.deepEqual(setCookie, [
      transaction,
      'authjs.callback-url=x; Path=/',
      'authjs.transactions=AAAAAAAAAAAA; Max-Age=900; Path=/; HttpOnly; SameSite=Lax',
    ]);
    const [{ method, headers, body, ...sent }] = requests;
    assert.equal(method, 'POST');
    assert.equal(sent.url, '/api/auth/signin/github?login_hint=ada');
    assert.equal(headers.cookie, 'authjs.csrf-token=c');
    assert.equal(headers.origin, application);
    assert.equal(headers['x-auth-return-redirect'], '1');
    assert.equal(headers['x-forwarded-host'], 'localhost:3000');
    assert.equal(headers['x-forwarded-proto'], 'http');
    assert.equal(body, 'callbackUrl=%2Fdashboard%3Fa%3D1');
  });

  test('sign out at the facade', async () => {
    await signOut(page(), { redirectTo: '/' });
    assert.equal(requests[0].url, '/api/auth/signout');
    assert.equal(requests[0].headers.cookie, 'authjs.csrf-token=c');
  });

  test('a facade that trusts no proxy knows the application by Host, on a machine without TLS', async () => {
    await signOut(page());
    assert.equal(requests[0].headers.host, 'localhost:3000');
    process.env.AUTH_URL = 'https://portfolio.example.com';
    await signOut(page());
    assert.match(requests[1].headers.host, /^127\.0\.0\.1:/);
    assert.equal(requests[1].headers['x-forwarded-host'], 'portfolio.example.com');
  });

  describe('keep few sign-ins that nobody finishes', () => {
    /** A browser that is at `/login`, and so sends no cookies of `/api/auth`. */
    async function attempts(count, { secure = false, prefix = '', planted = '' } = {}) {
      const begin = `${secure ? '__Secure-' : ''}${prefix}authjs.`;
      const jar = new Map(planted === '' ? [] : [[`${begin}transactions`, { value: planted, path: '/' }]]);
      const sizes = [];
      for (let i = 0; i < count; i++) {
        respond = (outgoing) => {
          outgoing.setHeader('Set-Cookie', [
            `${begin}transaction.id-${String(i).padStart(9, '0')}=x; Max-Age=900; Path=/api/auth; Expires=Mon, 30 Nov 2026 10:00:00 GMT; HttpOnly; ${secure ? 'Secure; ' : ''}SameSite=Lax`,
          ]);
          outgoing.end(JSON.stringify({ url: keycloak }));
        };
        const sent = [...jar].filter(([, { path }]) => path === '/').map(([name, { value }]) => `${name}=${value}`);
        const { cookies } = await signIn(page({ cookie: sent.join('; ') }), 'github');
        sizes.push(cookies.length);
        for (const { name, value, options } of cookies) {
          assert.equal(options.secure, secure);
          assert.deepEqual([options.httpOnly, options.sameSite], [true, 'lax']);
          assert.ok(options.maxAge === 0 ? value === '' && options.expires.getTime() === 0 : options.maxAge === 900);
          options.maxAge === 0 ? jar.delete(name) : jar.set(name, { value, path: options.path });
        }
      }
      const left = [...jar].filter(([, { path }]) => path === '/api/auth').map(([name]) => name);
      return { left, last: `${begin}transaction.id-${String(count - 1).padStart(9, '0')}`, sizes };
    }

    test('and clear the oldest', async () => {
      for (const options of [{}, { secure: true }, { secure: true, prefix: 'a.b!20!.' }, { prefix: 'shop.' }]) {
        const { left, last } = await attempts(25, options);
        assert.equal(left.length, 5);
        assert.equal(left.at(-1), last);
      }
    });

    test('whatever the browser says which ones there are', async () => {
      const { left, last } = await attempts(1, { planted: '..x=1.AAAAAAAAAAAAA.%0d%0a.<script>____' });
      assert.deepEqual(left, [last]);
      const { sizes } = await attempts(1, { planted: Array.from({ length: 300 }, (_, i) => `planted-${i + 1000}`).join('.') });
      assert.deepEqual(sizes, [22]);
    });
  });

  test('come back to the page by default', async () => {
    await signIn(page({ referer: `${application}/prices` }), 'github');
    await signIn(page(), 'github');
    assert.equal(requests[0].body, `callbackUrl=${encodeURIComponent(`${application}/prices`)}`);
    assert.equal(requests[1].body, 'callbackUrl=%2F');
  });

  test('name the visitor, whose sign-ins the facade limits', async () => {
    await signIn(page({ 'x-forwarded-for': '203.0.113.7' }), 'github');
    await signIn(page(), 'github', { clientAddress: '203.0.113.8' });
    assert.deepEqual(
      requests.map(({ headers }) => headers['x-forwarded-for']),
      ['203.0.113.7', '203.0.113.8'],
    );
  });

  test('without a provider it is the page with all of them', async () => {
    const { url, setCookie } = await signIn(page(), undefined, { redirectTo: '/a b' });
    assert.equal(url, `${application}/api/auth/signin?callbackUrl=%2Fa+b`);
    assert.deepEqual([setCookie, requests], [[], []]);
  });

  test('take the origin that the request is for, if several are configured', async () => {
    process.env.AUTH_ORIGIN = 'http://shop.localhost:3000';
    const asked = async (headers) => {
      await signOut({ headers: { get: (name) => headers[name] ?? null } });
      return requests.at(-1).headers['x-forwarded-host'];
    };
    assert.equal(await asked({ host: 'shop.localhost:3000' }), 'shop.localhost:3000');
    assert.equal(await asked({ 'x-forwarded-host': 'shop.localhost:3000', host: 'internal:80' }), 'shop.localhost:3000');
    assert.equal(await asked({ host: 'evil.example' }), 'localhost:3000');
  });

  test('take a request of Express', async () => {
    await signIn({ headers: { cookie: 'authjs.csrf-token=c', referer: '/x' }, url: '/login' }, 'github');
    assert.equal(requests[0].headers.cookie, 'authjs.csrf-token=c');
    assert.equal(requests[0].body, 'callbackUrl=%2Fx');
  });

  for (const [what, status, body, code, message] of [
    ['an unknown origin', 400, { message: 'This address is not set up.' }, 'refused', /says: This address is not set up/],
    ['an unknown provider', 404, { message: 'There is no provider "gihtub".' }, 'refused', /no provider "gihtub"\.$/],
    ['a page', 200, '<html>', 'refused', /Is it the facade/],
    ['null', 200, null, 'refused', /Is it the facade/],
    ['no address', 200, { url: 7 }, 'refused', /Is it the facade/],
    ['a missing CSRF token', 200, { url: `${application}/api/auth/signin?error=MissingCSRF` }, 'refused', /trusts/],
    ['an outage', 503, null, 'unavailable', /status 503/],
  ]) {
    test(`reject: ${what}`, () => {
      respond = (outgoing) => outgoing.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
      return assert.rejects(signIn(page(), 'github'), (error) => {
        assert.ok(error instanceof AuthServerError);
        assert.equal(error.code, code);
        assert.match(error.message, message);
        return true;
      });
    });
  }

  test('reject when nothing answers, or too late', async () => {
    process.env.AUTH_FACADE_URL = 'http://127.0.0.1:1';
    await assert.rejects(signIn(page(), 'github'), { code: 'unavailable' });
    // Not the server of the other tests: the request may arrive there after this test.
    const silent = createServer(() => {});
    await new Promise((listening) => silent.listen(0, '127.0.0.1', listening));
    process.env.AUTH_FACADE_URL = `http://127.0.0.1:${silent.address().port}`;
    await assert.rejects(signIn(page(), 'github', { timeout: 50 }), { code: 'unavailable' });
    silent.close();
    silent.closeAllConnections();
  });

  test('need the address of the application', () => {
    delete process.env.AUTH_URL;
    return assert.rejects(signIn(page(), 'github'), AuthConfigError);
  });
});

describe('proxy', () => {
  const get = (path, headers, url = application) => proxy(new Request(`${url}${path}`, { headers }));

  test('passes on the request, and nothing that is of one connection or for the application alone', async () => {
    await get('/api/auth/signin/github?callbackUrl=%2Fa', {
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
      accept: 'text/html',
      authorization: 'Basic xyz',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-port': '444',
      forwarded: 'host=evil.example',
      'keep-alive': '1',
      connection: 'close, x-secret',
      'x-secret': '1',
      cookie: 'theme=dark; authjs.session-token=s',
    });
    const [{ method, url, headers }] = requests;
    assert.deepEqual([method, url], ['GET', '/api/auth/signin/github?callbackUrl=%2Fa']);
    const { connection, ...rest } = headers;
    assert.deepEqual(rest, {
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
      accept: 'text/html',
      cookie: 'authjs.session-token=s',
      host: 'localhost:3000',
      'x-forwarded-host': 'localhost:3000',
      'x-forwarded-proto': 'http',
    });
    assert.match(connection, /^(close|keep-alive)$/);
  });

  test('passes on a form', async () => {
    await proxy(new Request(`${application}/api/auth/signout`, { method: 'POST', body: new URLSearchParams({ a: 'ü' }) }));
    assert.equal(requests[0].method, 'POST');
    assert.equal(requests[0].body, 'a=%C3%BC');
    assert.match(requests[0].headers['content-type'], /urlencoded/);
    assert.equal(requests[0].headers['content-length'], '8');
  });

  test('follows no redirects, and keeps cookies apart', async () => {
    respond = (outgoing) => {
      outgoing.writeHead(302, {
        Location: keycloak,
        'Set-Cookie': [transaction, 'a=1; Expires=Mon, 30 Nov 2026 10:00:00 GMT'],
        Connection: 'close',
        'Cache-Control': 'private, no-store',
      });
      outgoing.end();
    };
    const response = await get('/api/auth/signin/github');
    assert.equal(response.status, 302);
    assert.equal(response.headers.get('location'), keycloak);
    assert.equal(response.headers.get('cache-control'), 'private, no-store');
    assert.deepEqual(response.headers.getSetCookie(), [transaction, 'a=1; Expires=Mon, 30 Nov 2026 10:00:00 GMT']);
    assert.equal(response.headers.has('connection'), false);
    assert.equal(response.headers.has('transfer-encoding'), false);
  });

  test('answers what the facade answers', async () => {
    respond = (outgoing) => outgoing.writeHead(400, { 'content-type': 'application/json' }).end('null');
    const response = await get('/api/auth/session');
    assert.deepEqual([response.status, await response.text()], [400, 'null']);
  });

  test('finds the path below the base path of Next.js', async () => {
    await get('/docs/api/auth/session');
    assert.equal(requests[0].url, '/api/auth/session');
    await assert.rejects(get('/docs/api/authx'), AuthConfigError);
  });

  test('refuses other methods, and large bodies with and without a length', async () => {
    const send = (init) => proxy(new Request(`${application}/api/auth/session`, { duplex: 'half', ...init }));
    assert.equal((await send({ method: 'DELETE' })).status, 405);
    const large = 'x'.repeat(70_000);
    assert.equal((await send({ method: 'POST', body: large })).status, 413);
    assert.equal((await send({ method: 'POST', body: new Blob([large]).stream() })).status, 413);
    assert.deepEqual(requests, []);
  });

  test('answers 503 and says why in the log when nothing answers', async (context) => {
    const log = context.mock.method(console, 'error', () => {});
    process.env.AUTH_FACADE_URL = 'http://127.0.0.1:1';
    const response = await get('/api/auth/session');
    assert.equal(response.status, 503);
    assert.match(log.mock.calls[0].arguments[0], /http:\/\/127\.0\.0\.1:1\/api\/auth\/session could not be reached/);
  });

  for (const at of [undefined, '', application]) {
    test(`never forwards to itself: AUTH_FACADE_URL ${at}`, () => {
      delete process.env.AUTH_FACADE_URL;
      if (at !== undefined) {
        process.env.AUTH_FACADE_URL = at;
      }
      return assert.rejects(get('/api/auth/session'), /AUTH_FACADE_URL/);
    });
  }

  test('HEAD has no body', async () => {
    const response = await proxy(new Request(`${application}/api/auth/session`, { method: 'HEAD' }));
    assert.deepEqual([response.status, response.body, requests[0].method], [200, null, 'HEAD']);
  });
});

test('asking for the session works with a facade that trusts no proxy', async () => {
  respond = (outgoing) => outgoing.end('null');
  await auth(page(), { mode: 'ask' });
  assert.equal(requests[0].headers.host, 'localhost:3000');
});

describe('Set-Cookie is read', () => {
  test('with all attributes', () => {
    const text =
      '__Host-portfolio.authjs.csrf-token=a%7Cb%3D; Max-Age=900; Path=/; Domain=example.com; ' +
      'Expires=Mon, 30 Nov 2026 10:00:00 GMT; HttpOnly; Secure; SameSite=Lax; Partitioned; Priority=High';
    assert.deepEqual(parseSetCookie(text), {
      name: '__Host-portfolio.authjs.csrf-token',
      value: 'a|b=',
      options: {
        maxAge: 900,
        path: '/',
        domain: 'example.com',
        expires: new Date('2026-11-30T10:00:00Z'),
        httpOnly: true,
        secure: true,
        sameSite: 'lax',
        partitioned: true,
        priority: 'high',
      },
    });
  });

  test('with chunks, and without attributes', () => {
    assert.deepEqual(parseSetCookie('__Secure-authjs.session-token.10=ey.J'), {
      name: '__Secure-authjs.session-token.10',
      value: 'ey.J',
      options: { httpOnly: false, secure: false },
    });
  });

  test('when it clears', () => {
    const { value, options } = parseSetCookie('authjs.session-token=; Max-Age=0; path=/');
    assert.deepEqual([value, options], ['', { httpOnly: false, secure: false, maxAge: 0, path: '/', expires: new Date(0) }]);
  });

  test('even with a broken encoding', () => assert.equal(parseSetCookie('a=100%').value, '100%'));
});
