import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { AuthClientError, configure, requireFresh, signIn } from '../src/client.js';

const PAGE = 'https://portfolio.example.com/transfer?to=ada#form';
const KEYCLOAK = 'https://id.example.com/auth?state=1';
const START = Date.parse('2026-01-01T12:00:00.000Z');

let session;
let providers;
let date;
let posted;
let visited;
let stored;
let shown;

/** A tab with PAGE. The facade answers with `session`, and with the header `date` if there is one. */
beforeEach(() => {
  mock.timers.enable({ apis: ['Date'], now: START });
  configure({ baseUrl: '', basePath: '/api/auth' });
  session = signedIn();
  providers = { github: {}, google: {}, keycloak: {} };
  date = undefined;
  posted = [];
  visited = [];
  stored = new Map();
  shown = [];
  globalThis.window = { addEventListener: (name, listener) => name === 'pageshow' && shown.push(listener) };
  globalThis.location = { href: PAGE, origin: new URL(PAGE).origin, assign: (address) => visited.push(address), reload() {} };
  globalThis.sessionStorage = {
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, value) => stored.set(key, value),
    removeItem: (key) => stored.delete(key),
  };
  globalThis.fetch = async (address, { body } = {}) => {
    const { pathname, search } = new URL(address, PAGE);
    const path = pathname.slice('/api/auth/'.length);
    if (path.startsWith('signin/')) {
      posted.push([path + search, body.get('callbackUrl')]);
    }
    const answer = { session, providers, csrf: { csrfToken: 'c' } }[path];
    return Response.json(answer === undefined ? { url: KEYCLOAK } : answer, { headers: date ? { date } : {} });
  };
});
afterEach(async () => {
  if (date) {
    // The difference of the clocks is remembered.
    date = new Date().toUTCString();
    await requireFresh({ maxAge: 60 }).catch(() => {});
  }
  mock.timers.reset();
  for (const name of ['window', 'location', 'sessionStorage', 'fetch']) {
    delete globalThis[name];
  }
});

const signedIn = (more = {}, user = {}) => ({
  user: { id: 'user-1', clientId: 'portfolio', provider: 'github', ...user },
  expires: '2026-01-01T22:00:00.000Z',
  ...more,
});
const ago = (seconds) => new Date(Date.now() - seconds * 1000).toISOString();
const later = (seconds) => mock.timers.setTime(Date.now() + seconds * 1000);

/** What the page gets: a session, the code of an error, or nothing because it is left. */
async function outcome(options) {
  const pending = requireFresh(options).catch((error) => {
    assert.ok(error instanceof AuthClientError, error);
    return error.code;
  });
  const left = new Promise((done) => setImmediate(() => setImmediate(() => setImmediate(done, 'left'))));
  return Promise.race([pending, left]);
}

describe('a session that is fresh enough', () => {
  for (const [what, options, more] of [
    ['by its age', { maxAge: 300 }, () => ({ authTime: ago(299) })],
    ['by its level', { acr: 'gold' }, () => ({ acr: 'gold' })],
    ['by one of several levels', { acr: ['silver', 'gold'] }, () => ({ acr: 'gold' })],
    ['by both', { maxAge: 300, acr: 'gold' }, () => ({ authTime: ago(1), acr: 'gold' })],
    ['signed in by a clock that is ahead', { maxAge: 60 }, () => ({ authTime: ago(-30) })],
  ]) {
    test(`is returned: ${what}`, async () => {
      session = signedIn(more());
      assert.deepEqual(await outcome(options), session);
      assert.deepEqual(visited, []);
    });
  }
});

describe('a session that is not fresh enough leads to a sign-in', () => {
  for (const [what, options, more, query] of [
    ['too old', { maxAge: 300 }, () => ({ authTime: ago(301) }), 'max_age=300'],
    ['of another level', { acr: 'gold' }, () => ({ acr: 'silver' }), 'acr_values=gold'],
    ['of none of several levels', { acr: ['silver', 'gold'] }, () => ({ acr: '1' }), 'acr_values=silver+gold'],
    ['recent, but weak', { maxAge: 300, acr: 'gold' }, () => ({ authTime: ago(1), acr: '1' }), 'max_age=300&acr_values=gold'],
    ['strong, but old', { maxAge: 300, acr: 'gold' }, () => ({ authTime: ago(900), acr: 'gold' }), 'max_age=300&acr_values=gold'],
    ['that does not say when', { maxAge: 300 }, () => ({}), 'max_age=300'],
    ['whose time is no time', { maxAge: 300 }, () => ({ authTime: 'soon' }), 'max_age=300'],
    ['that must be new', { maxAge: 0 }, () => ({ authTime: ago(1) }), 'max_age=0'],
    ['whose level only begins like it', { acr: 'gold' }, () => ({ acr: 'goldfish' }), 'acr_values=gold'],
  ]) {
    test(what, async () => {
      session = signedIn(more());
      assert.equal(await outcome(options), 'left');
      assert.deepEqual(posted, [[`signin/github?${query}`, PAGE]]);
      assert.deepEqual(visited, [KEYCLOAK]);
    });
  }

  test('at the provider, and back to the address, that the page names', async () => {
    await outcome({ maxAge: 0, provider: 'google', redirectTo: '/done' });
    assert.deepEqual(posted, [['signin/google?max_age=0', 'https://portfolio.example.com/done']]);
  });

  test("at Keycloak's own login page, if the user has signed in there", async () => {
    session = signedIn({}, { provider: undefined });
    await outcome({ maxAge: 0 });
    assert.deepEqual(posted, [['signin/keycloak?max_age=0', PAGE]]);
  });

  test('at any provider, if nobody is signed in', async () => {
    session = null;
    assert.equal(await outcome({ maxAge: 300, acr: 'gold' }), 'left');
    const callbackUrl = encodeURIComponent(PAGE);
    assert.deepEqual(visited, [
      `https://portfolio.example.com/api/auth/signin?max_age=300&acr_values=gold&callbackUrl=${callbackUrl}`,
    ]);
  });
});

describe('after the sign-in', () => {
  test('the page gets the session', async () => {
    assert.equal(await outcome({ maxAge: 300 }), 'left');
    later(20);
    session = signedIn({ authTime: ago(3) });
    assert.deepEqual(await outcome({ maxAge: 300 }), session);
  });

  test('maxAge: 0 accepts the new sign-in, and demands another one the next time', async () => {
    session = signedIn({ authTime: ago(60) });
    assert.equal(await outcome({ maxAge: 0 }), 'left');
    later(20);
    session = signedIn({ authTime: ago(3) });
    assert.deepEqual(await outcome({ maxAge: 0 }), session);
    assert.equal(await outcome({ maxAge: 0 }), 'left');
  });

  test('maxAge: 0 accepts the sign-in of somebody who was not signed in', async () => {
    session = null;
    assert.equal(await outcome({ maxAge: 0 }), 'left');
    later(20);
    session = signedIn({ authTime: ago(3) });
    assert.deepEqual(await outcome({ maxAge: 0 }), session);
  });

  test('two calls at once get the session, as of effects that React runs twice', async () => {
    assert.equal(await outcome({ maxAge: 0 }), 'left');
    session = signedIn({ authTime: ago(0) });
    assert.deepEqual(await Promise.all([outcome({ maxAge: 0 }), outcome({ maxAge: 0 })]), [session, session]);
  });

  test('a clock of this device that is wrong by an hour does no harm', async () => {
    for (const wrong of [-3600, 3600]) {
      session = signedIn();
      assert.equal(await outcome({ maxAge: 60 }), 'left');
      session = signedIn({ authTime: ago(wrong) });
      assert.deepEqual(await outcome({ maxAge: 60 }), session);
    }
  });
});

describe('does not loop', () => {
  for (const [what, more] of [
    ['the session does not say when the user signed in', () => ({})],
    ['the session is the one of before', () => ({ authTime: '2026-01-01T10:00:00.000Z', acr: '1' })],
    ['the level is another one', () => ({ authTime: ago(0), acr: 'silver' })],
  ]) {
    test(`if ${what}`, async () => {
      session = signedIn({ authTime: '2026-01-01T10:00:00.000Z', acr: '1' });
      const options = { maxAge: 300, acr: 'gold' };
      assert.equal(await outcome(options), 'left');
      later(20);
      session = signedIn(more());
      assert.equal(await outcome(options), 'step_up_required');
      assert.equal(visited.length, 1);
      assert.equal(await outcome(options), 'left', 'the user tries again');
    });
  }

  test('if the user is signed out at the end', async () => {
    assert.equal(await outcome({ maxAge: 300 }), 'left');
    session = null;
    assert.equal(await outcome({ maxAge: 300 }), 'step_up_required');
  });

  test('if a page demands two things one after the other', async () => {
    const page = async () => {
      const first = await outcome({ maxAge: 300 });
      return typeof first === 'string' ? first : outcome({ acr: 'gold' });
    };
    assert.equal(await page(), 'left');
    session = signedIn({ authTime: ago(0), acr: '1' });
    assert.equal(await page(), 'left');
    assert.equal(await page(), 'step_up_required');
  });

  test('but a sign-in that was given up long ago counts no more', async () => {
    assert.equal(await outcome({ maxAge: 300 }), 'left');
    later(901);
    assert.equal(await outcome({ maxAge: 300 }), 'left');
  });

  test('and a sign-in that could not be started does not count', async () => {
    const { fetch } = globalThis;
    globalThis.fetch = async (address, options) =>
      address.includes('/csrf') ? Response.json(null, { status: 503 }) : fetch(address, options);
    assert.equal(await outcome({ maxAge: 300 }), 'unavailable');
    globalThis.fetch = fetch;
    assert.equal(await outcome({ maxAge: 300 }), 'left');
  });

  test('and rejects in a page to which the browser comes back as it was left', async () => {
    const pending = requireFresh({ maxAge: 300 });
    await new Promise((done) => setImmediate(done));
    shown.forEach((listener) => listener({ persisted: false }));
    assert.equal(await Promise.race([pending, new Promise((done) => setImmediate(done, 'left'))]), 'left');
    shown.forEach((listener) => listener({ persisted: true }));
    await assert.rejects(pending, { code: 'step_up_required' });
    assert.equal(stored.size, 0);
  });
});

test("compares with the server's clock where its answers say the time", async () => {
  date = new Date(START + 3600_000).toUTCString();
  session = signedIn({ authTime: new Date(START + 3590_000).toISOString() });
  assert.deepEqual(await outcome({ maxAge: 60 }), session);
  session = signedIn({ authTime: new Date(START - 10_000).toISOString() });
  assert.equal(await outcome({ maxAge: 60 }), 'left');
});

for (const wrong of [
  undefined,
  {},
  { maxAge: '300' },
  { maxAge: NaN },
  { maxAge: -1 },
  { maxAge: 1.5 },
  { maxAge: null },
  { acr: '' },
  { acr: [] },
  { acr: null },
  { acr: ['gold', undefined] },
  { max_age: 300 },
]) {
  test(`refuses to be asked for ${JSON.stringify(wrong)}`, async () => {
    session = signedIn({ authTime: ago(0), acr: 'gold' });
    assert.equal(await outcome(wrong), 'invalid_demand');
  });
}

test('signIn keeps what it demands on the way over the sign-in page', async () => {
  await signIn(undefined, { redirectTo: '/' }, { max_age: 0 });
  assert.deepEqual(visited, [
    'https://portfolio.example.com/api/auth/signin?max_age=0&callbackUrl=https%3A%2F%2Fportfolio.example.com%2F',
  ]);
});
