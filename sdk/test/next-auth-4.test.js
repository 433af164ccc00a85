import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AuthConfigError } from '../src/config.js';
import { authOptions, tokenOptions } from '../src/next-auth-4.js';
import { seal } from './seal.js';

const secret = 'a secret of one application 0123456789';
const settings = { origin: 'https://portfolio.example.com', clientId: 'portfolio', secret };
const secure = '__Secure-authjs.session-token';
const claims = { sub: 'user-1', sid: 's', clientId: 'portfolio', exp: 4102444800 };
const token = seal(claims, { secret, cookieName: secure });

describe('authOptions', () => {
  test('name cookies as the facade does', () => {
    const names = (options) => Object.values(authOptions(options).cookies).map(({ name }) => name);
    assert.deepEqual(names(settings), [secure, '__Secure-authjs.callback-url', '__Host-authjs.csrf-token']);
    assert.deepEqual(names({ ...settings, origin: 'http://localhost:3000', sharedHost: true }), [
      'portfolio.authjs.session-token',
      'portfolio.authjs.callback-url',
      'portfolio.authjs.csrf-token',
    ]);
  });

  test('decode what the facade seals, under both names', async () => {
    const { decode } = authOptions(settings).jwt;
    assert.deepEqual(JSON.parse(JSON.stringify(await decode({ token }))), claims);
    const shared = seal(claims, { secret, cookieName: '__Secure-portfolio.authjs.session-token' });
    assert.equal((await decode({ token: shared })).sub, 'user-1');
  });

  for (const [what, sealed] of [
    ['another secret', seal(claims, { secret: 'another', cookieName: secure })],
    ['another client', seal({ ...claims, clientId: 'shop' }, { secret, cookieName: secure })],
    ['the past', seal({ ...claims, exp: 1 }, { secret, cookieName: secure })],
    ['nobody', undefined],
    ['text', 'x'],
  ]) {
    test(`decode no cookie of ${what}`, async () => {
      assert.equal(await authOptions(settings).jwt.decode({ token: sealed }), null);
    });
  }

  test('encode the same cookie again, which only the facade prolongs', async () => {
    const { decode, encode } = authOptions(settings).jwt;
    const decoded = await decode({ token });
    assert.equal(encode({ token: decoded }), token);
    assert.equal(encode({ token: { ...decoded, mine: 1 } }), token);
    assert.throws(() => encode({ token: claims }), AuthConfigError);
  });

  test('give the session that the facade gives', () => {
    assert.deepEqual(authOptions(settings).callbacks.session({ token: claims }), {
      user: { id: 'user-1', clientId: 'portfolio', emailVerified: false },
      expires: '2100-01-01T00:00:00.000Z',
    });
  });

  test('hash the CSRF token with all secrets', () =>
    assert.equal(authOptions({ ...settings, secret: ['a', 'b'] }).secret, 'a,b'));

  test('need no environment until there is a request', async () => {
    const { jwt } = authOptions({ secret: [] });
    await assert.rejects(jwt.decode({ token }), AuthConfigError);
  });
});

test('tokenOptions are those of getToken()', async () => {
  const { cookieName, decode, secret: hashed } = tokenOptions(settings);
  assert.deepEqual([cookieName, hashed], [secure, secret]);
  assert.equal((await decode({ token })).sub, 'user-1');
});
