import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { AuthClientError, configure, getSession, signIn, signOut } from '../src/client.js';

const PAGE = 'https://portfolio.example.com/articles?page=2#comments';
const session = { user: { id: 'user-1', clientId: 'portfolio' }, expires: '2026-01-01T00:00:00.000Z' };

let requests;
let answers;
let visited;
let reloads;

/** A page at PAGE and a facade that gives the answers, each a body or a Response. */
beforeEach(() => {
  requests = [];
  visited = [];
  reloads = 0;
  answers = {
    providers: { github: { id: 'github' }, google: { id: 'google' } },
    csrf: { csrfToken: 'token-1' },
    'signin/github': { url: 'https://id.example.com/authorize?state=1' },
    signout: { url: 'https://portfolio.example.com/' },
    session: null,
  };
  configure({ baseUrl: '', basePath: '/api/auth' });
  globalThis.location = {
    href: PAGE,
    origin: 'https://portfolio.example.com',
    assign: (address) => visited.push(address),
    reload: () => reloads++,
  };
  globalThis.fetch = async (address, options) => {
    requests.push({ address, ...options });
    const path = address.split('/api/auth/')[1].split('?')[0];
    const answer = answers[path];
    if (answer instanceof Error) {
      throw answer;
    }
    return answer instanceof Response ? answer : Response.json(answer);
  };
});

const rejectsWith = (code, promise, message = /./) =>
  assert.rejects(promise, (error) => {
    assert.ok(error instanceof AuthClientError);
    assert.equal(error.name, 'AuthClientError');
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  });

describe('getSession', () => {
  test('gives the session', async () => {
    answers.session = session;
    assert.deepEqual(await getSession(), session);
    assert.equal(requests[0].address, '/api/auth/session');
    assert.equal(requests[0].credentials, 'same-origin');
    assert.equal(requests[0].cache, 'no-store');
  });

  test('gives null when nobody is signed in', async () => {
    assert.equal(await getSession(), null);
  });

  for (const body of [{}, { user: null, expires: '' }, { message: 'no' }, { user: {} }, [], 'text', 7, true]) {
    test(`refuses ${JSON.stringify(body)}`, () => {
      answers.session = body;
      return rejectsWith('no_facade', getSession());
    });
  }

  test('says that a page of HTML is not the facade', () => {
    answers.session = new Response('<!doctype html>', { status: 404 });
    return rejectsWith('no_facade', getSession(), /Forward \/api\/auth\/\*/);
  });

  test('says that nobody answers', () => {
    answers.session = new TypeError('fetch failed');
    return rejectsWith('unreachable', getSession(), /^\/api\/auth\/session could not be reached\.$/);
  });

  test('does not take an outage for signed out', async () => {
    answers.session = Response.json(null, { status: 503 });
    await rejectsWith('unavailable', getSession(), /503/);
  });

  test('says that the origin is not registered, and repeats the reason', () => {
    answers.session = Response.json({ message: 'No application is here.' }, { status: 400 });
    return rejectsWith('not_registered', getSession(), /https:\/\/portfolio\.example\.com .*No application is here\./);
  });
});

describe('signIn', () => {
  test('fetches a token, posts a form and leaves for the provider', async () => {
    assert.equal(await signIn('github', { redirectTo: '/dashboard', hint: 'x' }, { login_hint: 'ada' }), undefined);

    assert.deepEqual(
      requests.map(({ address }) => address),
      ['/api/auth/providers', '/api/auth/csrf', '/api/auth/signin/github?login_hint=ada'],
    );
    const { method, headers, body } = requests[2];
    assert.equal(method, 'POST');
    assert.equal(headers['X-Auth-Return-Redirect'], '1');
    assert.deepEqual(Object.fromEntries(body), {
      hint: 'x',
      csrfToken: 'token-1',
      callbackUrl: 'https://portfolio.example.com/dashboard',
    });
    assert.deepEqual(visited, ['https://id.example.com/authorize?state=1']);
    assert.equal(reloads, 0);
  });

  test('comes back to this page unless told otherwise', async () => {
    await signIn('github');
    assert.equal(requests[2].address, '/api/auth/signin/github');
    assert.equal(requests[2].body.get('callbackUrl'), PAGE);
  });

  test('knows the older name of redirectTo', async () => {
    await signIn('github', { callbackUrl: '/a' });
    assert.equal(requests[2].body.get('callbackUrl'), 'https://portfolio.example.com/a');
  });

  for (const provider of [undefined, null, 'nope', 'toString']) {
    test(`offers what there is instead of ${provider}`, async () => {
      await signIn(provider, { redirectTo: '/dashboard' });
      assert.deepEqual(visited, [
        'https://portfolio.example.com/api/auth/signin?callbackUrl=https%3A%2F%2Fportfolio.example.com%2Fdashboard',
      ]);
      assert.equal(requests.length, 1);
    });
  }

  test('stays with redirect: false', async () => {
    assert.deepEqual(await signIn('github', { redirect: false }), {
      error: undefined,
      code: undefined,
      status: 200,
      ok: true,
      url: 'https://id.example.com/authorize?state=1',
    });
    assert.deepEqual(visited, []);
    assert.equal(requests[2].body.has('redirect'), false);
  });

  test('reads the error out of the address with redirect: false', async () => {
    answers['signin/github'] = { url: 'https://portfolio.example.com/api/auth/error?error=Configuration&code=c' };
    const { error, code, url } = await signIn('github', { redirect: false });
    assert.deepEqual({ error, code, url }, { error: 'Configuration', code: 'c', url: null });
  });

  test('names what there is with redirect: false', () =>
    rejectsWith('unknown_provider', signIn('nope', { redirect: false }), /"nope".*github, google/));

  for (const redirectTo of ['javascript:alert(1)', 'data:text/html,x', 'http://[']) {
    test(`refuses to come back to ${redirectTo}`, async () => {
      await rejectsWith('invalid_url', signIn('github', { redirectTo }));
      assert.deepEqual(requests, []);
    });
  }

  test('never goes to a script address', async () => {
    answers['signin/github'] = { url: 'javascript:alert(1)' };
    await rejectsWith('invalid_url', signIn('github'));
    assert.deepEqual(visited, []);
  });

  test('says that an answer without address is not the facade', async () => {
    answers['signin/github'] = {};
    await rejectsWith('no_facade', signIn('github'));
  });

  test('says that an answer without token is not the facade', async () => {
    answers.csrf = {};
    await rejectsWith('no_facade', signIn('github'));
  });
});

describe('signOut', () => {
  test('posts a form and goes on', async () => {
    await signOut({ redirectTo: '/' });
    assert.deepEqual(
      requests.map(({ address }) => address),
      ['/api/auth/csrf', '/api/auth/signout'],
    );
    assert.equal(requests[1].method, 'POST');
    assert.equal(requests[1].headers['X-Auth-Return-Redirect'], '1');
    assert.deepEqual(Object.fromEntries(requests[1].body), {
      csrfToken: 'token-1',
      callbackUrl: 'https://portfolio.example.com/',
    });
    assert.deepEqual(visited, ['https://portfolio.example.com/']);
  });

  test('loads this page again, although only the part after # would be new', async () => {
    answers.signout = { url: PAGE };
    await signOut();
    assert.deepEqual(visited, [PAGE]);
    assert.equal(reloads, 1);
  });

  test('stays with redirect: false', async () => {
    assert.deepEqual(await signOut({ redirect: false }), { url: 'https://portfolio.example.com/' });
    assert.deepEqual(visited, []);
  });
});

describe('a central facade', () => {
  beforeEach(() => configure({ baseUrl: 'https://auth.example.com/ignored', basePath: 'api/auth/' }));

  test('is asked with cookies', async () => {
    answers.session = session;
    assert.deepEqual(await getSession(), session);
    assert.equal(requests[0].address, 'https://auth.example.com/api/auth/session');
    assert.equal(requests[0].credentials, 'include');
  });

  test('is told an absolute address to come back to', async () => {
    await signIn('github', { redirectTo: 'next' });
    assert.equal(requests[2].body.get('callbackUrl'), 'https://portfolio.example.com/next');
    assert.equal(requests[2].credentials, 'include');
  });

  test('that does not answer may not know the origin', () => {
    answers.session = new TypeError('Failed to fetch');
    return rejectsWith('unreachable', getSession(), /does not know https:\/\/portfolio\.example\.com.*Web origins/);
  });

  test('whose cookies the browser blocks', async () => {
    answers['signin/github'] = { url: 'https://auth.example.com/api/auth/signin?error=MissingCSRF' };
    await rejectsWith('cookies_blocked', signIn('github'), /third-party/);
    assert.deepEqual(visited, []);
  });

  test('the same answer of the own origin is shown, as Auth.js does', async () => {
    configure({ baseUrl: '' });
    answers['signin/github'] = { url: 'https://portfolio.example.com/api/auth/signin?error=MissingCSRF' };
    await signIn('github');
    assert.deepEqual(visited, ['https://portfolio.example.com/api/auth/signin?error=MissingCSRF']);
  });

  test('at the own origin is none', async () => {
    configure({ baseUrl: 'https://portfolio.example.com' });
    await getSession();
    assert.equal(requests[0].credentials, 'same-origin');
  });

  test('must be a web address', () => {
    assert.throws(() => configure({ baseUrl: 'auth.example.com' }), { code: 'invalid_url' });
    assert.throws(() => configure({ baseUrl: 'file:///etc' }), { code: 'invalid_url' });
  });
});
