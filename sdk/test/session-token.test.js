import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import {
  candidates,
  openSessionToken,
  parseCookies,
  toSession,
} from '../src/session-token.js';
import { key, keyId, seal, sealGcm, vectors } from './seal.js';

const secret = 'a secret of one application 0123456789';
const cookieName = 'authjs.session-token';
const now = Date.UTC(2026, 0, 1);
const seconds = now / 1000;
const claims = { sub: 'user-1', sid: 'session-1', clientId: 'portfolio', iat: seconds, exp: seconds + 60 };

const open = (token, options) => openSessionToken(token, { secrets: [secret], cookieName, now, ...options });
const sealed = (changes, options) => seal({ ...claims, ...changes }, { secret, cookieName, ...options });

describe('vectors of the real Auth.js', () => {
  for (const vector of vectors.v5) {
    test(`are reproduced by the helper of these tests: ${vector.note}`, () => {
      const bytes = key(vector.secret, vector.salt);
      assert.equal(bytes.toString('hex'), vector.keyHex);
      assert.equal(keyId(bytes), vector.kid);
      const options = { secret: vector.secret, cookieName: vector.salt, iv: Buffer.from(vector.ivHex, 'hex') };
      assert.equal(seal(vector.payload, options), vector.token);
    });

    test(`are not sessions without sid and clientId: ${vector.note}`, async () => {
      const options = { secrets: [vector.secret], cookieName: vector.salt, now };
      assert.equal(await openSessionToken(vector.token, options), null);
      assert.equal(await openSessionToken(vector.encodedByLibrary, options), null);
    });

    test(`open with sid and clientId: ${vector.note}`, async () => {
      const whole = { ...JSON.parse(vector.payload), sid: 's', clientId: 'c' };
      const token = seal(whole, { secret: vector.secret, cookieName: vector.salt });
      const secrets = [vectors.secret, vectors.oldSecret];
      assert.deepEqual(await openSessionToken(token, { secrets, cookieName: vector.salt, now }), whole);
    });
  }
});

describe('what opens', () => {
  test('a session that has not ended', async () => {
    assert.deepEqual(await open(sealed()), claims);
  });

  test('A256GCM, with and without key id', async () => {
    const kid = keyId(key(secret, cookieName, 32));
    assert.deepEqual(await open(sealGcm(claims, { secret, cookieName })), claims);
    assert.deepEqual(await open(sealGcm(claims, { secret, cookieName, header: { kid } })), claims);
  });

  test('the GCM vector has the key id that this derivation gives', () => {
    assert.equal(keyId(key(vectors.v5gcm.secret, vectors.v5gcm.salt, 32)), vectors.v5gcm.kid);
  });

  test('a token that names any secret of the list', async () => {
    const old = 'the older secret 0123456789 0123456789';
    const token = seal(claims, { secret: old, cookieName });
    assert.deepEqual(await open(token, { secrets: [secret, old] }), claims);
    assert.equal(await open(token, { secrets: [secret] }), null);
  });

  test('a token that names no secret, with the newest secret only', async () => {
    const token = sealed({}, { header: { kid: undefined } });
    assert.deepEqual(await open(token), claims);
    assert.equal(await open(token, { secrets: ['another', secret] }), null);
  });

  test('a session up to 15 seconds after its end', async () => {
    assert.notEqual(await open(sealed({ exp: seconds - 14 })), null);
    assert.equal(await open(sealed({ exp: seconds - 15 })), null);
    assert.notEqual(await open(sealed({ endsAt: now - 14_000 })), null);
    assert.equal(await open(sealed({ endsAt: now - 15_000 })), null);
    assert.notEqual(await open(sealed({ nbf: seconds + 15 })), null);
    assert.equal(await open(sealed({ nbf: seconds + 16 })), null);
  });
});

describe('what never opens', () => {
  const refused = {
    'without exp': () => sealed({ exp: undefined }),
    'exp is a string': () => sealed({ exp: String(seconds + 60) }),
    'exp is too large': () => sealed({ exp: 1e300 }),
    'endsAt is a string': () => sealed({ endsAt: 'later' }),
    'without sub': () => sealed({ sub: undefined }),
    'without sid': () => sealed({ sid: undefined }),
    'without clientId': () => sealed({ clientId: undefined }),
    'sub is empty': () => sealed({ sub: '' }),
    'sub is a number': () => sealed({ sub: 7 }),
    'an empty object': () => seal({}, { secret, cookieName }),
    'not an object': () => seal('null', { secret, cookieName }),
    'an array': () => seal('[]', { secret, cookieName }),
    'not JSON': () => seal('{', { secret, cookieName }),
    'not UTF-8': () => seal(Buffer.from([0x7b, 0xff, 0x7d]), { secret, cookieName }),
    compressed: () =>
      seal(deflateRawSync(JSON.stringify(claims)), { secret, cookieName, header: { zip: 'DEF' } }),
    'says that it is compressed, and is not': () => sealed({}, { header: { zip: 'DEF' } }),
    'with a critical extension': () => sealed({}, { header: { crit: ['exp'] } }),
    'another algorithm': () => sealed({}, { header: { alg: 'A256KW' } }),
    'another encryption': () => sealed({}, { header: { enc: 'A128CBC-HS256' } }),
    'an encryption with the name of a method of every object': () => sealed({}, { header: { enc: 'toString' } }),
    'a key id that is not a string': () => sealed({}, { header: { kid: 1 } }),
    'an unknown key id': () => sealed({}, { header: { kid: 'nobody' } }),
    'another secret': () => seal(claims, { secret: 'another', cookieName }),
    'sealed for another cookie name': () => seal(claims, { secret, cookieName: 'authjs.state' }),
    'sealed for the cookie name of https': () => seal(claims, { secret, cookieName: '__Secure-authjs.session-token' }),
    'the tag changed': () => sealed().replace(/.{4}$/, 'AAAA'),
    'the tag shortened': () => sealed().slice(0, -4),
    'without tag': () => sealed().replace(/[^.]*$/, ''),
    'another spelling of the tag': () => `${sealed()}=`,
    'an encrypted key': () => sealed().replace('..', '.AAAA.'),
    'four parts': () => sealed().split('.').slice(0, 4).join('.'),
    'six parts': () => `${sealed()}.`,
    'a header that is not JSON': () => sealed().replace(/^[^.]*/, 'e30x'),
    'an empty header': () => sealed().replace(/^[^.]*/, ''),
    'not base64url': () => sealed().replace('..', '..%'),
    'longer than any request': () => sealed({ name: 'x'.repeat(33_000) }),
    empty: () => '',
    'a token of Auth.js 4': () => vectors.v4[0].token,
    ...Object.fromEntries(
      vectors.rejectedByV5.tokens.map(({ why, token }) => [`rejected by Auth.js too: ${why}`, () => token]),
    ),
  };
  for (const [why, token] of Object.entries(refused)) {
    test(why, async () => {
      assert.equal(await open(token(), { secrets: [secret, vectors.secret] }), null);
    });
  }

  test('the same claims open if sealed correctly, so the cases above fail for their own reason', async () => {
    assert.notEqual(await open(sealed(), { secrets: [secret, vectors.secret] }), null);
  });

  test('a GCM token with changed ciphertext', async () => {
    const parts = sealGcm(claims, { secret, cookieName }).split('.');
    parts[3] = `${parts[3][0] === 'A' ? 'B' : 'A'}${parts[3].slice(1)}`;
    assert.equal(await open(parts.join('.')), null);
  });
});

describe('chunks', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(3000));
  const read = (...cookies) => candidates(parseCookies(cookies.join('; ')), 'n');
  for (const [what, cookies, values] of [
    ['one cookie without chunks', ['n=whole'], ['whole']],
    ['one cookie among others', ['other=1', 'n=whole', 'n2=x', 'nn=y'], ['whole']],
    ['chunks in any order', ['n.1=z', `n.0=${a}`], [`${a}z`, a]],
    ['ignores suffixes that are not numbers', [`n.0=${a}`, 'n.x=b', 'n.01=c', 'n.999999999999=d'], [a]],
    ['no cookie', [], []],
    ['chunks up to a gap', ['n.0=a', 'n.2=c'], ['a']],
    ['nothing without the first chunk', ['n.1=b'], []],
    ['both of two chunks with the same number', ['n.0=a', 'n.0=b'], ['a', 'b']],
    ['each cookie with the plain name', ['n=a', 'n=b'], ['a', 'b']],
    ['the plain name before chunks', ['n.0=a', 'n=whole'], ['whole', 'a']],
    ['each way to join chunks', [`n.0=${a}`, `n.0=${b}`, `n.1=${c}`, 'n.1=d'], [a + c, `${a}d`, b + c, `${b}d`, a, b]],
    ['a short chunk only at the end', ['n.0=short', `n.0=${a}`, 'n.1=z'], [`${a}z`, 'short', a]],
    ['no chunk after a short one', [`n.0=${a}`, 'n.1=short', `n.2=${d}`], [`${a}short`, a]],
  ]) {
    test(what, () => assert.deepEqual(read(...cookies), values));
  }

  test('of real size are joined', () => {
    const token = sealed({ name: 'x'.repeat(9000) });
    const cookies = token.match(/.{1,3936}/g).map((value, number) => `n.${number}=${value}`);
    assert.equal(read(...cookies.reverse())[0], token);
  });

  test('are ordered by number, not as text', () => {
    const parts = Array.from({ length: 11 }, (_, number) => String.fromCharCode(97 + number).repeat(3000));
    const cookies = parts.map((value, number) => `n.${number}=${value}`);
    assert.equal(read(...cookies.reverse())[0], parts.join(''));
  });

  test('are limited to the 16 that fit into a header', () => {
    const cookies = Array.from({ length: 17 }, (_, number) => `n.${number}=${a}`);
    assert.equal(read(...cookies)[0], a.repeat(16));
  });

  test('in great number cause little work', () => {
    const cookies = Array.from({ length: 16 }, (_, number) => Array(12).fill(`n.${number}=${a}`)).flat();
    assert.equal(read(...cookies).length, 200);
    assert.equal(read(...Array(300).fill('n=x'), ...cookies).length, 200);
    // 12 to the power of 14 combinations, none of which is complete.
    const deadEnd = [...cookies.filter((cookie) => !/^n\.1[45]=/.test(cookie)), 'n.14=x', 'n.15=x'];
    assert.equal(read(...deadEnd).length, 200);
  });
});

test('a session has all fields, without those that are unknown', () => {
  assert.deepEqual(
    toSession({
      ...claims,
      name: 'Ada',
      email: 'ada@example.com',
      picture: 'https://img.example/ada.png',
      provider: 'github',
      clientOrigin: 'https://portfolio.example.com',
      emailVerified: true,
      endsAt: now + 1,
    }),
    {
      user: {
        id: 'user-1',
        name: 'Ada',
        email: 'ada@example.com',
        image: 'https://img.example/ada.png',
        provider: 'github',
        clientOrigin: 'https://portfolio.example.com',
        clientId: 'portfolio',
        emailVerified: true,
      },
      expires: '2026-01-01T00:00:00.001Z',
    },
  );
  assert.deepEqual(toSession(claims), {
    user: { id: 'user-1', clientId: 'portfolio', emailVerified: false },
    expires: '2026-01-01T00:01:00.000Z',
  });
});

test('a session says how the user has signed in, and which administrator acts as the user', () => {
  const { user, expires, ...more } = toSession({
    ...claims,
    acr: 'gold',
    auth_time: seconds,
    amr: ['pwd', 'otp'],
    act: { sub: 'admin-1', name: 'Grace' },
    stepUp: true,
  });
  assert.equal(user.id, 'user-1');
  assert.equal(expires, '2026-01-01T00:01:00.000Z');
  assert.deepEqual(more, {
    acr: 'gold',
    authTime: '2026-01-01T00:00:00.000Z',
    amr: ['pwd', 'otp'],
    actor: { id: 'admin-1', name: 'Grace' },
  });
  assert.deepEqual(toSession({ ...claims, act: { sub: 'admin-1' } }).actor, { id: 'admin-1' });
});

for (const wrong of [
  { acr: 1, auth_time: '1', amr: 'pwd', act: 'admin' },
  { acr: '', auth_time: NaN, amr: [], act: {} },
  { acr: null, auth_time: null, amr: null, act: null },
  { acr: ['gold'], auth_time: 1e15, amr: ['pwd', 1], act: { sub: 1, name: 'Grace' } },
]) {
  test(`a session leaves out ${JSON.stringify(wrong)}`, () => {
    assert.deepEqual(Object.keys(toSession({ ...claims, ...wrong })), ['user', 'expires']);
  });
}

test('a session has the claims that the administrator has chosen', () => {
  const { user } = toSession({ ...claims, claims: { department: 'Arts', teams: ['a'] } });
  assert.deepEqual(user.claims, { department: 'Arts', teams: ['a'] });
  for (const none of [undefined, null, {}, [], 'x']) {
    assert.equal('claims' in toSession({ ...claims, claims: none }).user, false);
  }
});

test('an address is verified only if the token has one and says so', () => {
  for (const emailVerified of [undefined, false, 'true', 1, null]) {
    assert.equal(toSession({ ...claims, email: 'ada@example.com', emailVerified }).user.emailVerified, false);
  }
  assert.equal(toSession({ ...claims, emailVerified: true }).user.emailVerified, false);
});
