import assert from 'node:assert/strict';
import { generateKeyPairSync, sign as signBytes, createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { next } from './next-stubs.js';
import { createAuth } from '../src/next.js';
import { auth, AuthConfigError, authenticate, AuthServerError, dpopProof, expressAuth } from '../src/server.js';
import { thumbprint } from '../src/jws.js';
import { seal } from './seal.js';

const origin = 'https://portfolio.example.com';
const secret = 'a secret of one application 0123456789';
const cookieName = '__Secure-authjs.session-token';
const NOW = Date.parse('2026-11-30T12:00:00.000Z') / 1000;

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed = generateKeyPairSync('ed25519');
const ENCRYPTION = { use: 'enc', alg: 'RSA-OAEP', kid: 'rsa-enc' };
const jwk = ({ publicKey }, more) => ({ ...publicKey.export({ format: 'jwk' }), use: 'sig', ...more });
const KEYS = [
  jwk(rsa, { kid: 'rsa', alg: 'RS256' }),
  jwk(rsa, { kid: 'pss', alg: 'PS256' }),
  jwk(p256, { kid: 'p256', alg: 'ES256' }),
  jwk(ed, { kid: 'ed', alg: 'EdDSA' }),
  jwk(rsa, ENCRYPTION),
];
const SIGNERS = {
  RS256: (bytes, { privateKey } = rsa) => signBytes('sha256', bytes, privateKey),
  RS512: (bytes, { privateKey } = rsa) => signBytes('sha512', bytes, privateKey),
  PS256: (bytes) => signBytes('sha256', bytes, { key: rsa.privateKey, padding: 6, saltLength: 32 }),
  ES256: (bytes) => signBytes('sha256', bytes, { key: p256.privateKey, dsaEncoding: 'ieee-p1363' }),
  EdDSA: (bytes) => signBytes(null, bytes, ed.privateKey),
};

const encoded = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const claims = {
  typ: 'Bearer',
  iss: '',
  azp: 'portfolio',
  aud: ['account', 'portfolio'],
  sub: 'user-1',
  iat: NOW - 10,
  exp: NOW + 300,
  name: 'Ada',
  email: 'ada@example.com',
  email_verified: true,
};

let issuer;
let issuers = 0;
let asked;
let keys;
let options;
beforeEach(() => {
  mock.timers.enable({ apis: ['Date'], now: NOW * 1000 });
  mock.method(console, 'warn', () => {});
  // Keys are remembered by issuer.
  issuer = `https://id.example.com/realms/realm-${++issuers}`;
  asked = [];
  keys = () => Response.json({ keys: KEYS });
  options = {
    bearer: { issuer },
    clientId: 'portfolio',
    secret,
    origin,
    fetch: async (address) => {
      asked.push(String(address));
      return keys();
    },
  };
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
  delete process.env.AUTH_KEYCLOAK_ISSUER;
  delete process.env.AUTH_KEYCLOAK_ID;
});

function token(changes = {}, header = {}, signer) {
  const head = { alg: 'RS256', typ: 'JWT', kid: 'rsa', ...header };
  const body = { ...claims, iss: issuer, ...changes };
  const signed = [head, body].map(encoded).join('.');
  return `${signed}.${(signer ?? SIGNERS[head.alg])(Buffer.from(signed)).toString('base64url')}`;
}

const api = (authorization, headers = {}, url = `${origin}/api/orders`) =>
  new Request(url, { headers: { ...(authorization && { authorization }), ...headers } });
const cookie = () => {
  const session = { sub: 'of-the-cookie', sid: 's', clientId: 'portfolio', exp: Date.parse('2100-01-01') / 1000 };
  return `${cookieName}=${seal(session, { secret, cookieName })}`;
};
const challengeOf = async (request, more) => {
  const { session, unauthorized } = await authenticate(request, { ...options, ...more });
  assert.equal(session, null);
  assert.equal(unauthorized.status, 401);
  return unauthorized.headers.get('WWW-Authenticate');
};

describe('a token of the same client', () => {
  test('gives a session of the same shape, which says where it comes from', async () => {
    assert.deepEqual(await auth(api(`Bearer ${token({ acr: '1', auth_time: NOW - 60, provider: 'github' })}`), options), {
      user: { id: 'user-1', name: 'Ada', email: 'ada@example.com', provider: 'github', clientId: 'portfolio', emailVerified: true },
      expires: '2026-11-30T12:05:00.000Z',
      acr: '1',
      authTime: '2026-11-30T11:59:00.000Z',
      via: 'bearer',
    });
    assert.deepEqual(asked, [`${issuer}/protocol/openid-connect/certs`]);
  });

  for (const [alg, kid] of [['RS256', 'rsa'], ['PS256', 'pss'], ['ES256', 'p256'], ['EdDSA', 'ed']]) {
    test(`is accepted with ${alg}`, async () =>
      assert.equal((await auth(api(`Bearer ${token({}, { alg, kid })}`), options)).user.id, 'user-1'));
  }

  test('is accepted by the names in the environment, whatever the case of the scheme, as one audience, as at+jwt', async () => {
    process.env.AUTH_KEYCLOAK_ISSUER = `${issuer}/`;
    process.env.AUTH_KEYCLOAK_ID = 'portfolio';
    const settings = { ...options, bearer: true, clientId: undefined };
    assert.equal((await auth(api(`bearer  ${token({ aud: 'portfolio' }, { typ: 'at+jwt' })}`), settings)).via, 'bearer');
  });

  test('has to be for the audience that is demanded', async () => {
    const settings = { ...options, bearer: { issuer, audience: ['orders', 'prices'] } };
    assert.equal((await auth(api(`Bearer ${token({ aud: 'prices' })}`), settings)).via, 'bearer');
    assert.equal(await auth(api(`Bearer ${token()}`), settings), null);
  });

  test('has to meet a demand, too', async () => {
    assert.equal(
      await challengeOf(api(`Bearer ${token({ acr: '1', auth_time: NOW - 60 })}`), { acr: '2' }),
      'Bearer error="insufficient_user_authentication", error_description="A sign-in of another level is required", acr_values="2"',
    );
  });
});

test('is off by default: cookies count, and the header is ignored', async () => {
  const request = api(`Bearer ${token()}`, { cookie: cookie() });
  assert.equal((await auth(request, { ...options, bearer: undefined })).user.id, 'of-the-cookie');
  assert.equal((await auth(request, { ...options, bearer: false })).via, undefined);
  assert.deepEqual(asked, []);
});

test('without a token, cookies count as before', async () => {
  assert.equal((await auth(api(undefined, { cookie: cookie() }), options)).user.id, 'of-the-cookie');
  assert.equal((await auth(api('Basic c3RhZ2luZzpwYXNz', { cookie: cookie() }), options)).user.id, 'of-the-cookie');
  assert.equal(await challengeOf(api()), 'Bearer');
});

test('with a token, cookies do not count, whether or not it is accepted', async () => {
  assert.equal((await auth(api(`Bearer ${token()}`, { cookie: cookie() }), options)).user.id, 'user-1');
  assert.equal(await auth(api('Bearer nonsense', { cookie: cookie() }), options), null);
  assert.equal(await auth(api('Bearer', { cookie: cookie() }), options), null);
});

describe('refuses', () => {
  const confused = (bytes) => createHmac('sha256', rsa.publicKey.export({ type: 'spki', format: 'pem' })).update(bytes).digest();
  const table = {
    'text that is no token': () => 'nonsense',
    'a token without a signature': () => token().replace(/[^.]*$/, ''),
    'an encrypted token': () => `${token()}.a.b`,
    'alg none': () => token({}, { alg: 'none' }, () => Buffer.alloc(0)),
    'the public key as a secret': () => token({}, { alg: 'HS256' }, confused),
    'an algorithm that is none': () => token({}, { alg: 'toString' }, SIGNERS.RS256),
    'another algorithm than that of the key': () => token({}, { alg: 'RS512' }),
    'the key of another algorithm': () => token({}, { alg: 'RS256', kid: 'p256' }, SIGNERS.ES256),
    'a key that encrypts': () => token({}, { kid: 'rsa-enc' }),
    'a token without a key id': () => token({}, { kid: undefined }),
    'a key id that is no text': () => token({}, { kid: ['rsa'] }),
    'a signature of another key': () => token({}, {}, (bytes) => SIGNERS.RS256(bytes, other)),
    'a key that the token brings along': () => token({}, { kid: 'own', jwk: jwk(other) }, (bytes) => SIGNERS.RS256(bytes, other)),
    'the address of keys that the token brings along': () =>
      token({}, { jku: 'https://evil.example/jwks', kid: 'evil' }, (bytes) => SIGNERS.RS256(bytes, other)),
    'changed claims': () => {
      const [header, , signature] = token().split('.');
      return [header, encoded({ ...claims, iss: issuer, sub: 'admin' }), signature].join('.');
    },
    'an unknown critical extension': () => token({}, { crit: ['exp'] }),
    'an unencoded payload': () => token({}, { b64: false }),
    'padding': () => `${token()}==`,
    'bits that do not count': () => {
      const [header, payload, signature] = token().split('.');
      const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
      return [header, payload, signature.slice(0, -1) + last[last.indexOf(signature.at(-1)) ^ 1]].join('.');
    },
    'claims that are a list': () => {
      const signed = [{ alg: 'RS256', kid: 'rsa' }, [claims]].map(encoded).join('.');
      return `${signed}.${SIGNERS.RS256(Buffer.from(signed)).toString('base64url')}`;
    },
    'a token of more than 16 KiB': () => token({ more: 'x'.repeat(16_384) }),
    'an ID token': () => token({ typ: 'ID' }),
    'a refresh token': () => token({ typ: 'Refresh' }),
    'a logout token': () => token({ typ: 'Logout' }, { typ: 'logout+jwt' }),
    'a token without a type': () => token({ typ: undefined }),
    'a proof as a token': () => token({}, { typ: 'dpop+jwt' }),
    'another issuer': () => token({ iss: 'https://id.example.com/realms/other' }),
    'an issuer that only begins like ours': () => token({ iss: `${issuer}.evil.example` }),
    'an issuer in a list': () => token({ iss: [issuer] }),
    'another client': () => token({ azp: 'dashboard' }),
    'no client': () => token({ azp: undefined, client_id: 'portfolio' }),
    'another audience': () => token({ aud: ['account', 'portfolio2'] }),
    'no audience': () => token({ aud: undefined }),
    'an audience that is no text': () => token({ aud: [['portfolio']] }),
    'no user': () => token({ sub: undefined }),
    'a user who is no text': () => token({ sub: { $ne: '' } }),
    'a token of a sign-in at a page': () => token({ clientOrigin: origin }),
    'the same without the origin': () => token({ clientOrigin: '' }),
    'an expired token': () => token({ exp: NOW - 16 }),
    'no end': () => token({ exp: undefined }),
    'an end that is a text': () => token({ exp: String(NOW + 300) }),
    'an end that no calendar has': () => token({ exp: 1e300 }),
    'a token of the future': () => token({ iat: NOW + 16 }),
    'a token that is not valid yet': () => token({ nbf: NOW + 16 }),
    'a token that is bound to a key': () => token({ typ: 'DPoP', cnf: { jkt: 'a' } }),
    'the same with the type of another': () => token({ cnf: { jkt: 'a' } }),
    'a token that is bound to a certificate': () => token({ cnf: { 'x5t#S256': 'a' } }),
    'a binding that says nothing': () => token({ cnf: null }),
    'two tokens': () => `${token()}, Bearer ${token()}`,
    'a token with a space in it': () => `${token()} x`,
    'a token with a line break': () => encodeURIComponent(`${token()}\n`),
  };
  for (const [what, make] of Object.entries(table)) {
    test(what, async () => {
      const challenge = await challengeOf(api(`Bearer ${make()}`));
      assert.match(challenge, /^Bearer error="invalid_token", error_description="The token is not accepted: [a-zA-Z :,-]+"$/);
    });
  }

  test('tokens, if it is not known of which realm and client they should be', async () => {
    await assert.rejects(auth(api(`Bearer ${token()}`), { ...options, bearer: true }), AuthConfigError);
    await assert.rejects(auth(api(`Bearer ${token()}`), { ...options, clientId: undefined }), AuthConfigError);
  });

  test('15 seconds of difference between clocks are accepted', async () => {
    assert.equal((await auth(api(`Bearer ${token({ exp: NOW - 14, iat: NOW + 14, nbf: NOW + 14 })}`), options)).via, 'bearer');
  });
});

describe('the keys', () => {
  const read = (header, more) => auth(api(`Bearer ${token(more, header)}`), options);

  test('are read once for many requests', async () => {
    await Promise.all(Array.from({ length: 50 }, () => read()));
    await read();
    assert.equal(asked.length, 1);
  });

  test('are read again for a new one, but not at the pace of forged tokens', async () => {
    await read();
    for (let i = 0; i < 50; i++) {
      assert.equal(await read({ kid: `forged-${i}` }), null);
    }
    assert.equal(asked.length, 1);
    mock.timers.tick(11_000);
    keys = () => Response.json({ keys: [...KEYS, { ...KEYS[0], kid: 'new' }] });
    assert.equal((await read({ kid: 'new' })).via, 'bearer');
    for (let i = 0; i < 50; i++) {
      await read({ kid: `forged-${i}` });
    }
    assert.equal(asked.length, 2);
  });

  test('are not read for tokens that are not accepted anyway', async () => {
    await read({}, { azp: 'dashboard' });
    assert.deepEqual(asked, []);
  });

  test('are read again from time to time, so that a withdrawn one is not accepted for ever', async () => {
    await read();
    keys = () => Response.json({ keys: KEYS.slice(1) });
    mock.timers.tick(601_000);
    assert.equal(await read({}, { exp: NOW + 4000 }), null);
  });

  test('are used for an hour while Keycloak does not answer', async () => {
    await read();
    keys = () => new Response(null, { status: 503 });
    mock.timers.tick(3_000_000);
    assert.equal((await read({}, { exp: NOW + 9000 })).via, 'bearer');
    mock.timers.tick(700_000);
    await assert.rejects(read({}, { exp: NOW + 9000 }), (error) => error instanceof AuthServerError && error.code === 'unavailable');
  });

  for (const [what, answer] of [
    ['an error', () => new Response(null, { status: 404 })],
    ['no JSON', () => new Response('<html>')],
    ['no keys', () => Response.json({ keys: 7 })],
    ['nothing', () => Promise.reject(new TypeError('fetch failed'))],
  ]) {
    test(`that cannot be read (${what}) are an error, and not a token that is refused`, async () => {
      keys = answer;
      await assert.rejects(read(), (error) => error instanceof AuthServerError && error.code === 'unavailable');
    });
  }

  test('that are none are ignored', async () => {
    keys = () => Response.json({ keys: [null, 7, { kid: 'rsa', kty: 'RSA', alg: 'RS256' }, ...KEYS.slice(2)] });
    assert.equal(await read(), null);
    assert.equal((await read({ alg: 'ES256', kid: 'p256' })).via, 'bearer');
  });
});

describe('a token that is bound to a key', async () => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const another = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const jkt = await thumbprint(await crypto.subtle.exportKey('jwk', pair.publicKey));
  const bound = () => token({ typ: 'DPoP', cnf: { jkt } });
  const call = { method: 'GET', url: `${origin}/api/orders?page=2` };

  test('is accepted with its proof, once', async () => {
    const accessToken = bound();
    const dpop = await dpopProof(pair, { ...call, accessToken });
    const request = () => api(`DPoP ${accessToken}`, { dpop }, call.url);
    assert.equal((await auth(request(), options)).via, 'bearer');
    assert.match(await challengeOf(request()), /^DPoP error="invalid_dpop_proof", error_description=".*used before", algs="RS256 /);
  });

  test('is accepted behind a proxy, by the configured origin, also in Express', async () => {
    const accessToken = bound();
    for (const request of [
      (dpop) => api(`DPoP ${accessToken}`, { dpop }, 'http://127.0.0.1:3000/api/orders?page=2'),
      (dpop) => ({ method: 'GET', originalUrl: '/api/orders?page=2', url: '/orders', headers: { authorization: `DPoP ${accessToken}`, dpop } }),
    ]) {
      assert.equal((await auth(request(await dpopProof(pair, { ...call, accessToken })), options)).via, 'bearer');
    }
  });

  for (const [what, make] of [
    ['no proof', () => undefined],
    ['a proof that is none', () => 'proof'],
    ['the token as its proof', (accessToken) => accessToken],
    ['a proof of another key', (accessToken) => dpopProof(another, { ...call, accessToken })],
    ['a proof for another token', () => dpopProof(pair, { ...call, accessToken: token() })],
    ['a proof for no token', () => dpopProof(pair, call)],
    ['a proof for another method', (accessToken) => dpopProof(pair, { ...call, method: 'POST', accessToken })],
    ['a proof for another address', (accessToken) => dpopProof(pair, { ...call, url: `${origin}/api/admin`, accessToken })],
    ['a proof for another host', (accessToken) => dpopProof(pair, { ...call, url: 'https://evil.example/api/orders', accessToken })],
    ['an old proof', async (accessToken) => {
      mock.timers.setTime((NOW - 61) * 1000);
      const proof = await dpopProof(pair, { ...call, accessToken });
      mock.timers.setTime(NOW * 1000);
      return proof;
    }],
    ['two proofs', async (accessToken) =>
      `${await dpopProof(pair, { ...call, accessToken })}, ${await dpopProof(pair, { ...call, accessToken })}`],
    ['a proof whose signature is another one', async (accessToken) => {
      const [proof, second] = [await dpopProof(pair, { ...call, accessToken }), await dpopProof(pair, { ...call, accessToken })];
      return [...proof.split('.').slice(0, 2), second.split('.')[2]].join('.');
    }],
  ]) {
    test(`is refused with ${what}`, async () => {
      const accessToken = bound();
      const dpop = await make(accessToken);
      const challenge = await challengeOf(api(`DPoP ${accessToken}`, dpop === undefined ? {} : { dpop }, call.url));
      assert.match(challenge, /^DPoP error="invalid_dpop_proof"/);
    });
  }

  test('is refused where the request is not known: a proof is for one request', async () => {
    const accessToken = bound();
    const dpop = await dpopProof(pair, { ...call, accessToken });
    assert.match(await challengeOf({ headers: new Headers({ authorization: `DPoP ${accessToken}`, dpop }) }), /^DPoP error/);
  });

  test('is refused as Bearer, and a token that is bound to none as DPoP', async () => {
    const accessToken = bound();
    const dpop = await dpopProof(pair, { ...call, accessToken });
    assert.match(await challengeOf(api(`Bearer ${accessToken}`, { dpop }, call.url)), /^Bearer error="invalid_token"/);
    const free = token();
    const proof = await dpopProof(pair, { ...call, accessToken: free });
    assert.match(await challengeOf(api(`DPoP ${free}`, { dpop: proof }, call.url)), /^Bearer error="invalid_token"/);
  });
});

describe('frameworks', () => {
  test('Express: a token that is refused is answered with 401, and one that is accepted goes on', async () => {
    const run = async (authorization) => {
      const headers = {};
      const response = { setHeader: (name, value) => (headers[name] = value), end: () => (response.ended = true) };
      const request = { headers: { authorization }, url: '/api' };
      let passed = false;
      await expressAuth(options)(request, response, () => (passed = true));
      return { passed, request, response, headers };
    };
    const refused = await run('Bearer nonsense');
    assert.equal(refused.passed, false);
    assert.equal(refused.response.statusCode, 401);
    assert.match(refused.headers['WWW-Authenticate'], /^Bearer error="invalid_token"/);
    const accepted = await run(`Bearer ${token()}`);
    assert.equal(accepted.passed, true);
    assert.equal(accepted.request.auth.via, 'bearer');
    assert.equal((await run(undefined)).request.auth, null);
  });

  test('Next.js: middleware answers a program with 401, and not with the sign-in page', async () => {
    const { auth: middleware } = createAuth(options);
    const request = api('Bearer nonsense');
    request.nextUrl = Object.assign(new URL(request.url), { basePath: '' });
    const answer = await middleware(request, { waitUntil() {} });
    assert.equal(answer.status, 401);
    assert.match(answer.headers.get('WWW-Authenticate'), /^Bearer error="invalid_token"/);
    next.headers = new Headers({ authorization: `Bearer ${token()}` });
    assert.equal((await middleware()).via, 'bearer');
  });
});
