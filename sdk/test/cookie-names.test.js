import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { createAuthConfig, defineApplications } from '../src/config.js';
import { applicationPrefix, cookieNames, sessionCookieNames } from '../src/cookie-names.js';
import { authOptions } from '../src/next-auth-4.js';
import { sha256 } from '../src/sha256.js';

/** As the facade hashes it: CookieNames.java. */
const LONG = 'c'.repeat(120);
const HASHED = '!~fvMmPl4DCuSioi5oJTlSkA.';

test('names are those of the facade', () => {
  assert.equal(cookieNames(false).sessionToken, 'authjs.session-token');
  assert.deepEqual(Object.values(cookieNames(true, 'portfolio.')), [
    '__Secure-portfolio.authjs.session-token',
    '__Secure-portfolio.authjs.callback-url',
    '__Host-portfolio.authjs.csrf-token',
    '__Secure-portfolio.authjs.pkce.code_verifier',
    '__Secure-portfolio.authjs.state',
    '__Secure-portfolio.authjs.nonce',
  ]);
});

describe('a client in names', () => {
  test('has the code of each character that names must not have', () => {
    assert.equal(applicationPrefix('portfolio'), 'portfolio.');
    assert.equal(applicationPrefix('a b!c'), 'a!20!b!21!c.');
    assert.equal(applicationPrefix('😀;'), '!1f600!!3b!.');
  });

  test('is hashed if that has more than 100 characters', () => {
    assert.equal(applicationPrefix('c'.repeat(100)), `${'c'.repeat(100)}.`);
    assert.equal(applicationPrefix(LONG), HASHED);
    for (const clientId of ['c'.repeat(101), ' '.repeat(26), 'é'.repeat(90), '😀'.repeat(60)]) {
      const hash = createHash('sha256').update(clientId).digest().subarray(0, 16).toString('base64url');
      assert.equal(applicationPrefix(clientId), `!~${hash}.`);
    }
  });

  const settings = { origin: 'https://portfolio.example.com', clientId: LONG, secret: 's', sharedHost: true };
  const session = `__Secure-${HASHED}authjs.session-token`;

  test('is the same in each configuration of Auth.js', () => {
    const define = defineApplications([{ ...settings, issuer: 'https://id.example.com/realms/r' }]);
    assert.equal(define().cookies.sessionToken.name, session);
    assert.equal(define().cookies.csrfToken.name, `__Host-${HASHED}authjs.csrf-token`);
    assert.equal(authOptions(settings).cookies.sessionToken.name, session);
    const variables = {
      AUTH_URL: settings.origin,
      AUTH_SECRET: 's',
      AUTH_KEYCLOAK_ISSUER: 'https://id.example.com/realms/r',
      AUTH_KEYCLOAK_ID: LONG,
      AUTH_SHARED_HOST: 'true',
    };
    Object.assign(process.env, variables);
    assert.equal(createAuthConfig().cookies.sessionToken.name, session);
    Object.keys(variables).forEach((name) => delete process.env[name]);
  });

  test('is not in the names of next-auth 4 while the application is built, without an environment', () =>
    assert.equal(authOptions({ sharedHost: true }).cookies.sessionToken.name, 'authjs.session-token'));

  test('makes a session cookie its own, and no other hash does', () => {
    const ours = (name, clientId) => sessionCookieNames([{ name }], clientId)[0].ours;
    assert.equal(ours(session, LONG), true);
    assert.equal(ours(session, `${LONG}c`), false);
    assert.equal(ours(session, 'portfolio'), false);
    assert.equal(ours(session, undefined), true);
    assert.equal(ours('authjs.session-token', LONG), true);
    assert.equal(ours('shop.authjs.session-token.0', 'portfolio'), false);
  });
});

test('sha256 is SHA-256, at each length of the padding', () => {
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 89 + length) & 255);
    assert.deepEqual(Buffer.from(sha256(bytes)), createHash('sha256').update(bytes).digest());
  }
});
