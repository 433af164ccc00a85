import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { next } from './next-stubs.js';
import { createAuth } from '../src/next.js';
import { auth, AuthConfigError, authenticate, expressAuth } from '../src/server.js';
import { seal } from './seal.js';

const origin = 'https://portfolio.example.com';
const secret = 'a secret of one application 0123456789';
const cookieName = '__Secure-authjs.session-token';
const now = Date.parse('2026-01-01T12:00:00.000Z');
const expires = '2026-01-02T00:00:00.000Z';
const options = { origin, secret };

beforeEach(() => mock.timers.enable({ apis: ['Date'], now }));
afterEach(() => mock.timers.reset());

/** The cookie of somebody who signed in so many seconds ago, at this level. */
function cookie({ age = 10, acr = 'gold', ...more } = {}) {
  const claims = { sub: 'user-1', sid: 's', clientId: 'portfolio', exp: Date.parse(expires) / 1000, acr, auth_time: now / 1000 - age };
  return { cookie: `${cookieName}=${seal({ ...claims, ...more }, { secret, cookieName })}` };
}
const request = (headers) => new Request(`${origin}/transfer`, { headers });
const INSUFFICIENT = 'Bearer error="insufficient_user_authentication"';

describe('auth(request, { maxAge, acr })', () => {
  for (const [what, claims, demand, enough] of [
    ['recent enough', { age: 300 }, { maxAge: 300 }, true],
    ['too old', { age: 301 }, { maxAge: 300 }, false],
    ['of the level', {}, { acr: 'gold' }, true],
    ['of one of the levels', {}, { acr: ['silver', 'gold'] }, true],
    ['of another level', { acr: 'silver' }, { acr: 'gold' }, false],
    ['of no level', { acr: '' }, { acr: 'gold' }, false],
    ['recent, but of another level', { acr: 'silver' }, { maxAge: 300, acr: 'gold' }, false],
    ['of the level, but too old', { age: 301 }, { maxAge: 300, acr: 'gold' }, false],
    ['both', {}, { maxAge: 300, acr: 'gold' }, true],
    ['of a cookie of before there was the claim', { auth_time: undefined }, { maxAge: 300 }, false],
    ['with a time that is a text', { auth_time: String(now / 1000) }, { maxAge: 300 }, false],
    ['with a level that is a list', { acr: ['gold'] }, { acr: 'gold' }, false],
    ['a moment in the future, by another clock', { age: -5 }, { maxAge: 0 }, true],
  ]) {
    test(`${enough ? 'returns' : 'does not return'} a session ${what}`, async () => {
      const session = await auth(request(cookie(claims)), { ...options, ...demand });
      assert.equal(session?.user.id, enough ? 'user-1' : undefined);
    });
  }

  for (const wrong of [{ maxAge: NaN }, { maxAge: '300' }, { maxAge: -1 }, { maxAge: null }, { acr: '' }, { acr: [] }, { acr: null }, { acr: 'a"b' }, { acr: ['gold', undefined] }]) {
    test(`refuses to be asked for ${JSON.stringify(wrong)}`, async () => {
      for (const headers of [{}, cookie()]) {
        await assert.rejects(auth(request(headers), { ...options, ...wrong }), AuthConfigError);
      }
      assert.throws(() => expressAuth({ ...options, ...wrong }), AuthConfigError);
      assert.throws(() => createAuth(options).auth(() => undefined, wrong), AuthConfigError);
    });
  }

  test('asks the facade with mode: ask', async () => {
    const facade = (more) => ({
      ...options,
      mode: 'ask',
      maxAge: 300,
      fetch: async () => Response.json({ user: { id: 'user-1', clientId: 'portfolio' }, expires, ...more }),
    });
    assert.notEqual(await auth(request(cookie()), facade({ authTime: new Date(now - 1000).toISOString() })), null);
    assert.equal(await auth(request(cookie()), facade({ authTime: new Date(now - 301_000).toISOString() })), null);
    assert.equal(await auth(request(cookie()), facade({})), null);
  });
});

describe('authenticate has the answer for a route', () => {
  const answer = async (headers, demand) => {
    const { session, unauthorized } = await authenticate(request(headers), { ...options, ...demand });
    assert.equal(session === null, unauthorized !== undefined);
    return unauthorized && [unauthorized.status, unauthorized.headers.get('www-authenticate'), await unauthorized.text()];
  };

  test('that says how old the sign-in may be', async () =>
    assert.deepEqual(await answer(cookie({ age: 301 }), { maxAge: 300 }), [
      401,
      `${INSUFFICIENT}, error_description="A more recent sign-in is required", max_age="300"`,
      '',
    ]));

  test('that says which level is needed', async () =>
    assert.deepEqual(await answer(cookie({ acr: '1' }), { acr: ['silver', 'gold'] }), [
      401,
      `${INSUFFICIENT}, error_description="A sign-in of another level is required", acr_values="silver gold"`,
      '',
    ]));

  test('that says all that is needed, also what there is', async () =>
    assert.equal(
      (await answer(cookie({ acr: '1' }), { maxAge: 0, acr: 'gold' }))[1],
      `${INSUFFICIENT}, error_description="A more recent sign-in is required", max_age="0", acr_values="gold"`,
    ));

  test('without an error if nobody is signed in (RFC 6750, section 3.1)', async () => {
    assert.deepEqual(await answer({}, { maxAge: 300 }), [401, 'Bearer', '']);
    assert.deepEqual(await answer({}), [401, 'Bearer', '']);
  });

  test('only if there is no session', async () => assert.equal(await answer(cookie(), { maxAge: 300, acr: 'gold' }), undefined));
});

describe('expressAuth', () => {
  async function get(demand, headers) {
    const middleware = expressAuth({ ...options, ...demand });
    const server = createServer((incoming, outgoing) => middleware(incoming, outgoing, () => outgoing.end(incoming.auth?.user.id)));
    await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
    try {
      const response = await fetch(`http://127.0.0.1:${server.address().port}/`, { headers });
      return [response.status, response.headers.get('www-authenticate'), await response.text()];
    } finally {
      server.close();
    }
  }

  test('answers 401 itself if the sign-in is not as demanded', async () => {
    const expected = `${INSUFFICIENT}, error_description="A more recent sign-in is required", max_age="300"`;
    assert.deepEqual(await get({ maxAge: 300 }, cookie({ age: 301 })), [401, expected, '']);
    assert.deepEqual(await get({ maxAge: 300 }, {}), [401, 'Bearer', '']);
  });

  test('lets the request pass if it is', async () =>
    assert.deepEqual(await get({ maxAge: 300, acr: 'gold' }, cookie()), [200, null, 'user-1']));

  test('lets everybody pass if nothing is demanded', async () => assert.deepEqual(await get({}, {}), [200, null, '']));
});

describe('auth of Next.js', () => {
  const { auth: nextAuth } = createAuth(options);
  const old = cookie({ age: 301 });

  test('in server components and actions', async () => {
    next.headers = new Headers(old);
    assert.notEqual(await nextAuth(), null);
    assert.equal(await nextAuth({ maxAge: 300 }), null);
    assert.notEqual(await nextAuth({ maxAge: 302, acr: 'gold' }), null);
    assert.equal(await nextAuth({ acr: 'platinum' }), null);
  });

  test('with a request', async () => {
    assert.equal(await nextAuth(request(old), { maxAge: 300 }), null);
    assert.notEqual(await nextAuth(request(old), { maxAge: 301 }), null);
    assert.notEqual(await nextAuth(request(old), { params: Promise.resolve({}) }), null);
  });

  test('around a route handler, which it calls only with a fresh session', async () => {
    const handler = nextAuth((incoming) => Response.json(incoming.auth.user.id), { maxAge: 300 });
    assert.equal(await (await handler(request(cookie()))).json(), 'user-1');
    const response = await handler(request(old));
    assert.equal(response.status, 401);
    assert.match(response.headers.get('www-authenticate'), /insufficient_user_authentication.*max_age="300"$/);
    assert.equal((await handler(request({}))).status, 401);
  });

  test('in the pages router, with the header for the 401', async () => {
    const sent = [];
    const res = { appendHeader: (...header) => sent.push(header), setHeader: (...header) => sent.push(header) };
    assert.notEqual(await nextAuth({ headers: cookie() }, res, { maxAge: 300 }), null);
    assert.notEqual(await nextAuth({ headers: old }, res), null);
    assert.deepEqual(sent, []);
    assert.equal(await nextAuth({ headers: old }, res, { maxAge: 300 }), null);
    assert.match(sent.join(), /^WWW-Authenticate,.*max_age="300"$/);
    assert.equal(await nextAuth({ req: { headers: old }, res }, { maxAge: 300 }), null);
  });
});
