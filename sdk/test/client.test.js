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
  test('returns the session', async () => {
    answers.session = session;
    assert.deepEqual(await getSession(), session);
    assert.equal(requests[0].address, '/api/auth/session');
    assert.equal(requests[0].credentials, 'same-origin');
    assert.equal(requests[0].cache, 'no-store');
  });

  test('returns null when nobody is signed in', async () => {
    assert.equal(await getSession(), null);
  });

  for (const body of [{}, { user: null, expires: '' }, { message: 'no' }, { user: {} }, [], 'text', 7, true]) {
    test(`refuses ${JSON.stringify(body)}`, () => {
      answers.session = body;
      return rejectsWith('no_facade', getSession());
    });
  }

  test('reports that an HTML page is not the facade', () => {
    answers.session = new Response('<!doctype html>', { status: 404 });
    return rejectsWith('no_facade', getSession(), /Forward \/api\/auth\/\*/);
  });

  test('reports that the facade is unreachable', () => {
    answers.session = new TypeError('fetch failed');
    return rejectsWith('unreachable', getSession(), /^\/api\/auth\/session could not be reached\.$/);
  });

  test('rejects during an outage instead of returning null', async () => {
    answers.session = Response.json(null, { status: 503 });
    await rejectsWith('unavailable', getSession(), /503/);
  });

  for (const [proxy, status, body, type] of [
    ['Vite', 500, '', 'text/plain'],
    ['Next.js', 500, 'Internal Server Error', 'text/plain'],
    ['nginx', 502, '<html><head><title>502 Bad Gateway</title>', 'text/html'],
    ['nginx, too slow', 504, '<html>', 'text/html'],
    ['Apache', 503, '<!DOCTYPE HTML>', 'text/html'],
    ['Nitro', 502, '{"statusCode":502,"message":"fetch failed"}', 'application/json'],
    ['Angular', 504, 'Error occurred while trying to proxy', 'text/plain'],
    ['Cloudflare', 521, 'error code: 521', 'text/plain'],
  ]) {
    test(`reports that the facade is away behind ${proxy}`, () => {
      answers.session = new Response(body, { status, headers: { 'Content-Type': type } });
      return rejectsWith('unavailable', getSession(), /Is the facade running/);
    });
  }

  test('repeats what the facade says about an outage, and does not ask whether it runs', async () => {
    answers.session = Response.json({ message: 'Keycloak is away.', reference: '1F6C2A9B' }, { status: 503 });
    await rejectsWith('unavailable', getSession(), /\(status 503\)\. Keycloak is away\.$/);
    answers.session = Response.json(null, { status: 503 });
    await rejectsWith('unavailable', getSession(), /\(status 503\)\.$/);
  });

  for (const status of [408, 429]) {
    test(`reports status ${status} as something that may pass`, () => {
      answers.session = Response.json({ message: 'Later.', reference: '1F6C2A9B' }, { status });
      return rejectsWith('unavailable', getSession(), /Later\./);
    });
  }

  for (const [server, status, body] of [
    ['Python', 501, '<!DOCTYPE HTML>'],
    ['an API', 404, '{"message":"Cannot GET /api/auth/session"}'],
    ['an empty page', 404, ''],
    ['an application with one page', 200, '<!doctype html>'],
  ]) {
    test(`reports that ${server} is not the facade`, () => {
      answers.session = new Response(body, { status });
      return rejectsWith('no_facade', getSession(), /This is not the facade/);
    });
  }

  test('reports that the origin is not registered, with the reason', () => {
    answers.session = Response.json({ message: 'No application is here.' }, { status: 400 });
    return rejectsWith('not_registered', getSession(), /https:\/\/portfolio\.example\.com .*No application is here\./);
  });
});

describe('signIn', () => {
  test('fetches a CSRF token, posts a form and goes to the provider', async () => {
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

  test('comes back to this page by default', async () => {
    await signIn('github');
    assert.equal(requests[2].address, '/api/auth/signin/github');
    assert.equal(requests[2].body.get('callbackUrl'), PAGE);
  });

  test('accepts the older name of redirectTo', async () => {
    await signIn('github', { callbackUrl: '/a' });
    assert.equal(requests[2].body.get('callbackUrl'), 'https://portfolio.example.com/a');
  });

  for (const provider of [undefined, null, 'nope', 'toString']) {
    test(`goes to the sign-in page for the provider ${provider}`, async () => {
      await signIn(provider, { redirectTo: '/dashboard' });
      assert.deepEqual(visited, [
        'https://portfolio.example.com/api/auth/signin?callbackUrl=https%3A%2F%2Fportfolio.example.com%2Fdashboard',
      ]);
      assert.equal(requests.length, 1);
    });
  }

  test('does not navigate with redirect: false', async () => {
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

  test('returns the error in the address with redirect: false', async () => {
    answers['signin/github'] = { url: 'https://portfolio.example.com/api/auth/error?error=Configuration&code=c' };
    const { error, code, url } = await signIn('github', { redirect: false });
    assert.deepEqual({ error, code, url }, { error: 'Configuration', code: 'c', url: null });
  });

  test('names the available providers with redirect: false', () =>
    rejectsWith('unknown_provider', signIn('nope', { redirect: false }), /"nope".*github, google/));

  test('reports a provider that was taken away in the meantime', () => {
    const body = { message: 'There is no provider "github". Available: google.', providers: ['google'], url: PAGE };
    answers['signin/github'] = Response.json(body, { status: 404 });
    return rejectsWith('unknown_provider', signIn('github'), /Available: google/);
  });

  for (const redirectTo of ['javascript:alert(1)', 'data:text/html,x', 'http://[']) {
    test(`refuses to come back to ${redirectTo}`, async () => {
      await rejectsWith('invalid_url', signIn('github', { redirectTo }));
      assert.deepEqual(requests, []);
    });
  }

  test('never goes to a javascript: address', async () => {
    answers['signin/github'] = { url: 'javascript:alert(1)' };
    await rejectsWith('invalid_url', signIn('github'));
    assert.deepEqual(visited, []);
  });

  test('reports that an answer without an address is not from the facade', async () => {
    answers['signin/github'] = {};
    await rejectsWith('no_facade', signIn('github'));
  });

  test('reports that an answer without a CSRF token is not from the facade', async () => {
    answers.csrf = {};
    await rejectsWith('no_facade', signIn('github'));
  });
});

describe('signOut', () => {
  test('posts a form and goes to the address in the answer', async () => {
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

  test('reloads this page even if only the part after # differs', async () => {
    answers.signout = { url: PAGE };
    await signOut();
    assert.deepEqual(visited, [PAGE]);
    assert.equal(reloads, 1);
  });

  test('does not navigate with redirect: false', async () => {
    assert.deepEqual(await signOut({ redirect: false }), { url: 'https://portfolio.example.com/' });
    assert.deepEqual(visited, []);
  });
});

describe('a facade at another origin', () => {
  beforeEach(() => configure({ baseUrl: 'https://auth.example.com/ignored', basePath: 'api/auth/' }));

  test('gets requests with cookies', async () => {
    answers.session = session;
    assert.deepEqual(await getSession(), session);
    assert.equal(requests[0].address, 'https://auth.example.com/api/auth/session');
    assert.equal(requests[0].credentials, 'include');
  });

  test('gets an absolute address to come back to', async () => {
    await signIn('github', { redirectTo: 'next' });
    assert.equal(requests[2].body.get('callbackUrl'), 'https://portfolio.example.com/next');
    assert.equal(requests[2].credentials, 'include');
  });

  test('may not know the origin if it does not answer', () => {
    answers.session = new TypeError('Failed to fetch');
    return rejectsWith('unreachable', getSession(), /does not know https:\/\/portfolio\.example\.com.*Web origins/);
  });

  test('is reported when the browser blocks its cookies', async () => {
    answers['signin/github'] = { url: 'https://auth.example.com/api/auth/signin?error=MissingCSRF' };
    await rejectsWith('cookies_blocked', signIn('github'), /third-party/);
    assert.deepEqual(visited, []);
  });

  test('MissingCSRF at the own origin leads to the error page, as in Auth.js', async () => {
    configure({ baseUrl: '' });
    answers['signin/github'] = { url: 'https://portfolio.example.com/api/auth/signin?error=MissingCSRF' };
    await signIn('github');
    assert.deepEqual(visited, ['https://portfolio.example.com/api/auth/signin?error=MissingCSRF']);
  });

  test('is not assumed if baseUrl is the own origin', async () => {
    configure({ baseUrl: 'https://portfolio.example.com' });
    await getSession();
    assert.equal(requests[0].credentials, 'same-origin');
  });

  test('must have a web address', () => {
    assert.throws(() => configure({ baseUrl: 'auth.example.com' }), { code: 'invalid_url' });
    assert.throws(() => configure({ baseUrl: 'file:///etc' }), { code: 'invalid_url' });
  });
});

describe('signIn.link and signIn.passkey', () => {
  const keycloak = 'https://id.example.com/authorize?kc_action=1';
  beforeEach(() => (answers['signin/keycloak'] = { url: keycloak }));

  for (const [name, call, action] of [
    ['link', (options) => signIn.link('google', options), 'idp_link%3Agoogle'],
    ['passkey', (options) => signIn.passkey(options), 'webauthn-register-passwordless'],
  ]) {
    test(`${name} goes to Keycloak with a CSRF token, and back to this page`, async () => {
      await call();
      assert.equal(requests[1].address, `/api/auth/signin/keycloak?kc_action=${action}`);
      assert.deepEqual(Object.fromEntries(requests[1].body), { csrfToken: 'token-1', callbackUrl: PAGE });
      assert.deepEqual(visited, [keycloak]);
    });

    test(`${name} goes to another page afterwards, but to no script`, async () => {
      await call({ redirectTo: '/me' });
      assert.equal(requests[1].body.get('callbackUrl'), 'https://portfolio.example.com/me');
      await rejectsWith('invalid_url', call({ redirectTo: 'javascript:alert(1)' }));
    });
  }

  test('a provider cannot add parameters', async () => {
    await signIn.link('google&prompt=none');
    assert.equal(requests[1].address, '/api/auth/signin/keycloak?kc_action=idp_link%3Agoogle%26prompt%3Dnone');
  });

  test('leads to the page that says why it cannot be', async () => {
    answers['signin/keycloak'] = { url: 'https://portfolio.example.com/api/auth/error?error=Configuration' };
    await signIn.link('google');
    assert.deepEqual(visited, ['https://portfolio.example.com/api/auth/error?error=Configuration']);
  });
});
