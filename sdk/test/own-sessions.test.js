import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { AuthClientError, configure, endOtherSessions, endSession, getSessions } from '../src/client.js';
import { settle } from './page.js';

const PAGE = 'https://portfolio.example.com';
const list = { more: 0, sessions: [{ id: 'a1', current: true, applications: [] }] };

let requests;
let answers;

/** A page, and a facade that gives the answers to `sessions` in turn, each a body or a Response. */
beforeEach(() => {
  requests = [];
  answers = [];
  configure({ baseUrl: '', basePath: '/api/auth' });
  globalThis.location = { href: `${PAGE}/account`, origin: PAGE };
  globalThis.fetch = async (address, options) => {
    requests.push({ address, ...options });
    if (address.endsWith('/csrf')) {
      return Response.json({ csrfToken: 'token-1' });
    }
    const answer = answers.shift();
    return answer instanceof Response ? answer : Response.json(answer);
  };
});

const rejectsWith = (code, promise, message = /./) =>
  assert.rejects(promise, (error) => {
    assert.ok(error instanceof AuthClientError);
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  });

const posted = () => requests.filter(({ method }) => method === 'POST').map(({ body }) => body.toString());

describe('getSessions', () => {
  test('returns the list, and asks for JSON', async () => {
    answers = [list];
    assert.deepEqual(await getSessions(), list);
    assert.equal(requests[0].address, '/api/auth/sessions');
    assert.equal(requests[0].headers.Accept, 'application/json');
    assert.equal(requests[0].credentials, 'same-origin');
  });

  test('returns null when nobody is signed in', async () => {
    answers = [null];
    assert.equal(await getSessions(), null);
  });

  for (const body of [{}, { sessions: {} }, { sessions: [] }, [], 'text', 7]) {
    test(`refuses ${JSON.stringify(body)}`, () => {
      answers = [body];
      return rejectsWith('no_facade', getSessions());
    });
  }

  test('repeats what the facade says about an outage', () => {
    answers = [Response.json({ message: 'Later.', reference: '1F6C2A9B' }, { status: 503 })];
    return rejectsWith('unavailable', getSessions(), /Later\./);
  });

  test('asks a facade at another origin with cookies', async () => {
    configure({ baseUrl: 'https://auth.example.com' });
    answers = [list];
    await getSessions();
    assert.equal(requests[0].address, 'https://auth.example.com/api/auth/sessions');
    assert.equal(requests[0].credentials, 'include');
  });
});

describe('endSession', () => {
  test('names the session and proves that this page asks', async () => {
    answers = [{ ended: 1, left: 0 }];
    assert.equal(await endSession('b2'), true);
    assert.deepEqual(posted(), ['session=b2&csrfToken=token-1']);
  });

  test('says that it had ended before', async () => {
    answers = [{ ended: 0, left: 0 }];
    assert.equal(await endSession('b2'), false);
  });

  test('ends nothing when nobody is signed in', async () => {
    answers = [null];
    assert.equal(await endSession('b2'), false);
  });

  test('tells other tabs, which may have shown that session', async () => {
    const heard = [];
    const tab = new BroadcastChannel('multi-client-auth');
    tab.onmessage = () => heard.push(1);
    answers = [{ ended: 1, left: 0 }];
    await endSession('b2');
    await settle();
    tab.close();
    assert.equal(heard.length, 1);
  });

  test('explains blocked cookies at another origin', () => {
    configure({ baseUrl: 'https://auth.example.com' });
    answers = [Response.json({ message: 'The CSRF token is missing or wrong.' }, { status: 400 })];
    return rejectsWith('cookies_blocked', endSession('b2'));
  });

  for (const body of [{}, { ended: '1', left: 0 }, [], 7]) {
    test(`refuses ${JSON.stringify(body)}`, () => {
      answers = [body];
      return rejectsWith('no_facade', endSession('b2'));
    });
  }
});

describe('endOtherSessions', () => {
  test('goes on until none is left', async () => {
    answers = [{ ended: 300, left: 199 }, { ended: 199, left: 0 }];
    assert.equal(await endOtherSessions(), 499);
    assert.deepEqual(posted(), ['others=true&csrfToken=token-1', 'others=true&csrfToken=token-1']);
  });

  test('gives up when none ends any more', () => {
    answers = [{ ended: 3, left: 2 }, { ended: 0, left: 2 }];
    return rejectsWith('unavailable', endOtherSessions(), /2 sessions could not be ended/);
  });
});
