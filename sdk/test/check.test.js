import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash, hkdfSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { check, format } from '../src/check.js';
import { seal } from './seal.js';

const SECRET = 'secret-of-the-application-0123456789';

const servers = [];
after(() => servers.forEach((server) => server.close()));

/** Starts a server on a free port, and returns its origin. */
async function serve(handler) {
  const server = http.createServer(handler).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://localhost:${server.address().port}`;
}

/** A facade as the contract has it. It knows one origin, which is set later, because the ports are. */
async function facade({ prefix = '', secure = false, trusts = true, secrets = [SECRET], providers = { github: {} } } = {}) {
  const known = {};
  known.url = await serve((request, response) => {
    const json = (status, body, cookies = []) =>
      response.writeHead(status, { 'content-type': 'application/json', 'set-cookie': cookies }).end(JSON.stringify(body));
    if (known.status !== undefined) {
      return json(known.status, { message: 'It says why.', reference: '1F6C2A9B' });
    }
    if (request.url === '/api/auth/client.js') {
      return response.writeHead(200, { 'content-type': 'text/javascript;charset=utf-8' }).end('export {}');
    }
    const { host, 'x-forwarded-host': forwarded, 'x-forwarded-proto': proto } = request.headers;
    const origin = trusts && forwarded ? `${proto}://${forwarded}` : `http://${host}`;
    if (![known.origin, known.other].includes(origin)) {
      return json(400, { message: 'No application is registered at this address.', reference: '1F6C2A9B' });
    }
    if (request.url === '/api/auth/providers') {
      return json(200, providers);
    }
    const token = 'a'.repeat(64);
    const hash = createHash('sha256').update(token + secrets.join(',')).digest('hex');
    return json(200, { csrfToken: token }, [
      `${secure ? '__Host-' : ''}${prefix}authjs.csrf-token=${token}%7C${hash}; Path=/; HttpOnly`,
      `${secure ? '__Secure-' : ''}${prefix}authjs.callback-url=${encodeURIComponent(origin)}; Path=/; HttpOnly`,
    ]);
  });
  return known;
}

/** A development server that forwards to `target`. */
const forwarding = (target, { changeOrigin = false, keepCookies = true } = {}) =>
  serve((request, response) => {
    const headers = { ...request.headers, ...(changeOrigin ? { host: new URL(target).host } : {}) };
    http.get(target + request.url, { headers, agent: false }, (answer) => {
      if (!keepCookies) {
        delete answer.headers['set-cookie'];
      }
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
  });

/** An application that forwards as it should. */
async function application(settings, forward) {
  const behind = await facade(settings);
  behind.origin = await forwarding(behind.url, forward);
  return behind;
}

const ask = (url, env = {}, more = {}) => check({ url, env, quiet: true, ...more });

/** That exactly this is wrong, with a hint. */
function blames({ ok, answers }, id, text, todo) {
  const wrong = answers.filter((answer) => answer.ok === false);
  assert.equal(ok, false, format(answers));
  assert.deepEqual(wrong.map((answer) => answer.id), [id], format(answers));
  assert.match(wrong[0].text, text);
  assert.match(wrong[0].todo, todo);
}

function isRight({ ok, answers }) {
  assert.equal(ok, true, format(answers));
}

describe('check', () => {
  test('is content with pages that only forward', async () => {
    const { origin } = await application();
    const result = await ask(origin);
    isRight(result);
    assert.match(format(result.answers), /✓ \/api\/auth\/\* is forwarded[^]*✓ People can sign in with: github[^]*– AUTH_SECRET is not set/);
  });

  test('is content with a server that has its settings', async () => {
    const { origin, url } = await application();
    isRight(await ask(undefined, { AUTH_URL: origin, AUTH_SECRET: SECRET, AUTH_KEYCLOAK_ID: 'my-app', AUTH_FACADE_URL: url }));
  });

  test('says that nothing answers', async () => {
    blames(await ask('http://localhost:1'), 'server', /localhost:1 \(ECONNREFUSED\)/, /Start your development server/);
  });

  test('wants an address', async () => {
    blames(await ask(undefined), 'address', /Which application/, /AUTH_URL/);
    blames(await ask('http://localhost:1/path'), 'address', /scheme, host and port/, /localhost:5173/);
    blames(await ask('http://localhost:1', { AUTH_URL: 'localhost' }), 'address', /AUTH_URL must be an address/, /scheme/);
  });

  test('says that /api/auth is not forwarded', async () => {
    const page = (request, response) => response.end('<!doctype html>');
    blames(await ask(await serve(page)), 'forwarded', /status 200 and no JSON: this is not the facade/, /Forward \/api\/auth/);
    const missing = (request, response) => response.writeHead(404).end();
    blames(await ask(await serve(missing)), 'forwarded', /status 404/, /Forward/);
    const away = (request, response) => response.writeHead(307, { location: '/login' }).end();
    blames(await ask(await serve(away)), 'forwarded', /redirects to \/login/, /Forward/);
  });

  test('says that no facade answers behind the development server', async () => {
    for (const status of [500, 502, 504]) {
      const origin = await serve((request, response) => response.writeHead(status).end());
      blames(await ask(origin, { AUTH_FACADE_URL: 'http://localhost:1' }), 'forwarded', /nothing answers where/, /Start the facade.*localhost:1/);
    }
  });

  test("says what the facade says that is not ready, or that has disabled the application", async () => {
    const behind = await application();
    behind.status = 503;
    blames(await ask(behind.origin), 'facade', /It says why/, /log/);
    behind.status = 403;
    blames(await ask(behind.origin), 'registered', /It says why/, /enable the client/);
  });

  test("takes the application's own Auth.js for what it is", async () => {
    const origin = await serve((request, response) =>
      request.url === '/api/auth/csrf'
        ? response.writeHead(200, { 'content-type': 'application/json' }).end('{"csrfToken":"a"}')
        : response.writeHead(400).end(),
    );
    blames(await ask(origin), 'forwarded', /Auth\.js answers/, /nextauth/);
  });

  test('says that the origin is not registered', async () => {
    const behind = await application();
    const { origin, url } = behind;
    behind.origin = 'http://localhost:2';
    blames(await ask(origin), 'registered', /does not know the origin/, /Web origins.*Host header/);
    blames(await ask(origin, { AUTH_FACADE_URL: url }), 'registered', /is not registered/, /Web origins/);
  });

  test('says that the Host does not arrive', async () => {
    const { origin, url } = await application({}, { changeOrigin: true });
    blames(await ask(origin, { AUTH_FACADE_URL: url }), 'host', /is registered, but/, /changeOrigin/);
  });

  test('says that another application answers', async () => {
    const behind = await application({}, { changeOrigin: true });
    behind.other = behind.url;
    blames(await ask(behind.origin), 'host', new RegExp(`takes ${behind.origin} for ${behind.url}`), /changeOrigin/);
  });

  test('says that a proxy drops cookies', async () => {
    const { origin } = await application({}, { keepCookies: false });
    blames(await ask(origin), 'forwarded', /cookies of the facade do not arrive/, /Set-Cookie/);
  });

  test('says that there is no way to sign in', async () => {
    const { origin } = await application({ providers: {} });
    blames(await ask(origin), 'providers', /no way to sign in/, /callback\/<provider>/);
  });

  test('says that forwarded headers of this machine are ignored', async () => {
    const { origin, url } = await application({ trusts: false });
    blames(await ask(origin, { AUTH_FACADE_URL: url }), 'AUTH_FACADE_URL', /ignores the forwarded headers/, /TRUSTED_PROXIES/);
    blames(await ask(origin, { AUTH_FACADE_URL: 'http://localhost:1' }), 'AUTH_FACADE_URL', /ECONNREFUSED/, /Correct it/);
  });

  test('says that AUTH_URL is of another application', async () => {
    const { origin } = await application();
    blames(await ask(origin, { AUTH_URL: 'http://localhost:2' }), 'AUTH_URL', /localhost:2, and you ask about/, /Set AUTH_URL=/);
  });

  test('says that AUTH_URL is http beside cookies of https', async () => {
    const { origin } = await application({ secure: true });
    blames(await ask(origin, { AUTH_URL: origin }), 'AUTH_URL', /__Secure-authjs\.session-token, but AUTH_URL begins with http:/, /Set AUTH_URL/);
  });

  test('knows the name of the cookie on a shared host', async () => {
    const { origin } = await application({ prefix: 'my!20!app.' });
    isRight(await ask(origin));
    isRight(await ask(origin, { AUTH_SECRET: SECRET, AUTH_KEYCLOAK_ID: 'my app', AUTH_SHARED_HOST: 'true' }));
    const env = { AUTH_SECRET: SECRET, AUTH_KEYCLOAK_ID: 'my app' };
    isRight(await ask(origin, env));
    isRight(await ask(origin, { ...env, AUTH_SHARED_HOST: 'true' }, { authJs: true }));
    blames(await ask(origin, env, { authJs: true }), 'AUTH_SHARED_HOST', /my!20!app\.authjs\.session-token/, /AUTH_SHARED_HOST=true/);
    blames(await ask(origin, { ...env, AUTH_KEYCLOAK_ID: 'other' }), 'AUTH_KEYCLOAK_ID', /is other, but/, /client that has/);
    blames(await ask(origin, { ...env, AUTH_SHARED_HOST: '1' }, { authJs: true }), 'AUTH_SHARED_HOST', /another port/i, /=true/);
  });

  test('knows the hash in the name of the cookie, if the client id is very long', async () => {
    const { origin } = await application({ prefix: '!~fvMmPl4DCuSioi5oJTlSkA.' });
    const env = { AUTH_SECRET: SECRET, AUTH_KEYCLOAK_ID: 'c'.repeat(120), AUTH_SHARED_HOST: 'true' };
    isRight(await ask(origin, env));
    isRight(await ask(origin, env, { authJs: true }));
  });

  test('knows the name of the cookie on a host of its own', async () => {
    const { origin } = await application();
    const env = { AUTH_SECRET: SECRET, AUTH_KEYCLOAK_ID: 'my-app', AUTH_SHARED_HOST: 'true' };
    isRight(await ask(origin, env));
    blames(await ask(origin, env, { authJs: true }), 'AUTH_SHARED_HOST', /No other client/, /Remove/);
  });

  test('knows whether the secret opens the cookies', async () => {
    const { origin } = await application();
    blames(await ask(origin, { AUTH_SECRET: 'another' }), 'AUTH_SECRET', /does not open/, /"secret <client id>"/);
    isRight(await ask(origin, { AUTH_SECRET_1: SECRET, AUTH_SECRET: 'the old one' }));
    blames(await ask(origin, { NEXTAUTH_SECRET: SECRET }), 'AUTH_SECRET', /NEXTAUTH_SECRET/, /Rename/);
  });

  test('knows several secrets of a facade', async () => {
    const { origin } = await application({ secrets: ['new', 'old'] });
    isRight(await ask(origin, { AUTH_SECRET_1: 'new', AUTH_SECRET: 'old' }));
    blames(await ask(origin, { AUTH_SECRET: 'old' }), 'AUTH_SECRET', /does not open/, /AUTH_SECRET_1 and AUTH_SECRET/);
  });

  test("recognizes the facade's own secret", async () => {
    const own = Buffer.from(
      hkdfSync('sha256', 'the master', '', 'multi-client-auth application secret (my-app)', 32),
    ).toString('base64url');
    const { origin } = await application({ secrets: [own] });
    const env = { AUTH_SECRET: 'the master', AUTH_KEYCLOAK_ID: 'my-app' };
    blames(await ask(origin, env), 'AUTH_SECRET', /facade's own.*forge/, /"secret <client id>"/);
  });

  test('opens a cookie that the developer has pasted', async () => {
    const { origin } = await application();
    const cookieName = 'authjs.session-token';
    const claims = { sub: 'u', sid: 's', clientId: 'my-app', provider: 'github', name: 'Ada', exp: Date.now() / 1000 + 60 };
    const cookie = (values, secret = SECRET) => `a=b; ${cookieName}=${seal({ ...claims, ...values }, { secret, cookieName })}`;
    const env = { AUTH_SECRET: SECRET, AUTH_KEYCLOAK_ID: 'my-app' };
    const paste = (text) => ask(origin, env, { cookie: text });
    const right = await paste(`Cookie: ${cookie()}`);
    isRight(right);
    assert.match(format(right.answers), /session of my-app, through github/);
    blames(await paste(cookie({ clientId: 'other' })), 'session', /of other, not of my-app/, /AUTH_KEYCLOAK_ID/);
    blames(await paste(cookie({ exp: 1 })), 'session', /does not open/, /has ended/);
    blames(await paste(cookie({}, 'another')), 'session', /does not open/, /another secret/);
    blames(await paste('theme=dark'), 'session', /nobody is signed in/, /authjs\.session-token/);
    blames(await paste('my-app.authjs.session-token=x'), 'session', /does not open/, /This origin's cookie is authjs/);
  });

  test('prints what is wrong only, unless it is to be quiet', async (context) => {
    const warned = context.mock.method(console, 'warn', () => {});
    const { origin } = await application();
    await check({ url: origin, env: {} });
    await check({ url: 'http://localhost:1', env: {}, quiet: true });
    assert.equal(warned.mock.callCount(), 0);
    await check({ url: 'http://localhost:1', env: {} });
    assert.match(warned.mock.calls[0].arguments[0], /^✗ Nothing answers[^]*→ Start/);
  });

  test('does nothing in production', async () => {
    process.env.NODE_ENV = 'production';
    try {
      assert.deepEqual(await check({ url: 'http://localhost:1' }), { ok: true, answers: [] });
    } finally {
      delete process.env.NODE_ENV;
    }
  });
});

describe('npx multi-client-auth check', () => {
  const bin = new URL('../bin/multi-client-auth.js', import.meta.url).pathname;

  function run(args, files = {}) {
    const cwd = mkdtempSync(join(tmpdir(), 'check-'));
    Object.entries(files).forEach(([name, text]) => writeFileSync(join(cwd, name), text));
    return new Promise((resolve) => {
      execFile(process.execPath, [bin, ...args], { cwd, env: { PATH: process.env.PATH } }, (error, stdout, stderr) => {
        rmSync(cwd, { recursive: true });
        resolve({ status: error?.code ?? 0, stdout, stderr });
      });
    });
  }

  test('reads the files of frameworks, the nearest first', async () => {
    const { origin } = await application();
    const { status, stdout } = await run(['check'], {
      '.env': `AUTH_SECRET=not-this\nAUTH_URL="${origin}"\n`,
      '.env.local': `# a comment\nAUTH_SECRET='${SECRET}'\n`,
    });
    assert.equal(status, 0, stdout);
    assert.match(stdout, /✓ AUTH_SECRET opens the cookies/);
    assert.doesNotMatch(stdout, new RegExp(SECRET));
  });

  test('sees that the application uses Auth.js', async () => {
    const { origin } = await application({ prefix: 'my-app.' });
    const { status, stdout } = await run(['check', origin], { 'package.json': '{"dependencies":{"next-auth":"5"}}' });
    assert.equal(status, 1);
    assert.match(stdout, /✗ Another client[^]*→ Set AUTH_SHARED_HOST=true/);
  });

  test('ends with status 1 if something is wrong', async () => {
    const { status, stdout } = await run(['check', 'http://localhost:1']);
    assert.equal(status, 1);
    assert.match(stdout, /✗ Nothing answers at http:\/\/localhost:1[^]*→/);
  });

  test('explains itself', async () => {
    for (const args of [[], ['chek'], ['check', '--what'], ['check', 'a', 'b']]) {
      const { status, stderr } = await run(args);
      assert.equal(status, 1);
      assert.match(stderr, /^Usage: npx multi-client-auth check/);
    }
  });
});
