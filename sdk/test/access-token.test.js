import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { next } from './next-stubs.js';
import { createAuth } from '../src/next.js';
import { AccessTokenError, AuthConfigError, dpopProof, getAccessToken } from '../src/server.js';
import { proofProblem } from '../src/dpop.js';
import { thumbprint } from '../src/jws.js';
import { seal } from './seal.js';

const origin = 'https://portfolio.example.com';
const facadeUrl = 'http://facade.internal:8090';
const secret = 'a secret of one application 0123456789';
const cookieName = '__Secure-authjs.session-token';
const path = '/api/auth/token';

let sessions = 0;
let asked;
let answer;
let options;
beforeEach(() => {
  mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-11-30T12:00:00.000Z') });
  mock.method(console, 'warn', () => {});
  asked = [];
  answer = () => Response.json({ access_token: 'the-token', token_type: 'Bearer', expires_in: 300, scope: 'profile email' });
  options = {
    secret,
    origin,
    facadeUrl,
    fetch: async (address, init) => {
      const headers = Object.fromEntries(Object.entries(init.headers).map(([name, value]) => [name.toLowerCase(), value]));
      asked.push({ url: String(address), method: init.method, headers, form: new URLSearchParams(new TextDecoder().decode(init.body)) });
      return answer(asked.length);
    },
  };
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
  delete globalThis.document;
});

/** A request of a session that no other test has. */
function signedIn(changes = {}, sealedWith = secret) {
  const claims = { sub: 'user-1', sid: `s-${++sessions}`, clientId: 'portfolio', exp: Date.parse('2100-01-01') / 1000, ...changes };
  const cookie = `theme=dark; ${cookieName}=${seal(claims, { secret: sealedWith, cookieName })}`;
  return new Request(`${origin}/page`, { headers: { cookie } });
}

const decoded = (part) => JSON.parse(Buffer.from(part, 'base64url'));
const problem = (status, error, more = {}) => () => Response.json({ error, error_description: 'Because.', ...more }, { status });

const rejectsWith = (code, promise, message) =>
  assert.rejects(promise, (error) => {
    assert.ok(error instanceof AccessTokenError, String(error));
    assert.equal(error.name, 'AccessTokenError');
    assert.equal(error.code, code);
    assert.match(error.message, message);
    assert.ok(!error.message.includes(secret));
    return true;
  });

describe('getAccessToken', () => {
  test('returns the token of the session', async () => {
    assert.deepEqual(await getAccessToken(signedIn(), options), {
      accessToken: 'the-token',
      tokenType: 'Bearer',
      scope: 'profile email',
      expiresAt: '2026-11-30T12:05:00.000Z',
    });
  });

  test("asks the facade with the session's cookie and an assertion that the secret signs", async () => {
    await getAccessToken(signedIn(), options);
    const [{ url, method, headers, form }] = asked;
    assert.equal(url, facadeUrl + path);
    assert.equal(method, 'POST');
    assert.match(headers.cookie, new RegExp(`^${cookieName}=[^;]+$`));
    assert.equal(headers['x-client-origin'], origin);
    assert.equal(headers['x-forwarded-host'], 'portfolio.example.com');
    assert.equal(headers.origin, undefined);
    assert.equal(form.get('client_id'), 'portfolio');
    assert.equal(form.get('client_assertion_type'), 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    assert.equal(form.has('client_secret'), false);
    const [header, claims, signature] = form.get('client_assertion').split('.');
    assert.deepEqual(decoded(header), { alg: 'HS256', typ: 'JWT' });
    assert.equal(createHmac('sha256', secret).update(`${header}.${claims}`).digest('base64url'), signature);
    const { jti, ...rest } = decoded(claims);
    const iat = Date.parse('2026-11-30T12:00:00.000Z') / 1000;
    assert.deepEqual(rest, { iss: 'portfolio', sub: 'portfolio', aud: origin + path, iat, exp: iat + 30 });
    assert.match(jti, /^[0-9a-f-]{36}$/);
  });

  test('signs with the newest secret', async () => {
    await getAccessToken(signedIn(), { ...options, secret: ['the newest secret of the application', secret] });
    const [header, claims, signature] = asked[0].form.get('client_assertion').split('.');
    const signed = createHmac('sha256', 'the newest secret of the application').update(`${header}.${claims}`);
    assert.equal(signed.digest('base64url'), signature);
  });

  test('returns null without a question if nobody is signed in for this application', async () => {
    assert.equal(await getAccessToken(new Request(`${origin}/page`), options), null);
    assert.equal(await getAccessToken(signedIn({}, 'the secret of another application'), options), null);
    assert.equal(await getAccessToken(signedIn(), { ...options, clientId: 'dashboard' }), null);
    assert.deepEqual(asked, []);
  });

  test('returns null if the session has ended', async () => {
    answer = problem(400, 'invalid_grant');
    assert.equal(await getAccessToken(signedIn(), options), null);
  });

  test('asks once for requests of one session at the same time', async () => {
    const request = signedIn();
    const tokens = await Promise.all(Array.from({ length: 100 }, () => getAccessToken(request, options)));
    assert.equal(asked.length, 1);
    assert.equal(new Set(tokens.map(({ accessToken }) => accessToken)).size, 1);
  });

  test('asks for each session, and for each key', async () => {
    const request = signedIn();
    const dpop = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
    await Promise.all([
      getAccessToken(request, options),
      getAccessToken(request, { ...options, dpop }),
      getAccessToken(signedIn(), options),
      getAccessToken(signedIn({ sub: 'user-2' }), options),
    ]);
    assert.equal(asked.length, 4);
  });

  test('remembers a token for a moment: a session that has ended must not get it for long', async () => {
    const request = signedIn();
    await getAccessToken(request, options);
    mock.timers.tick(900);
    await getAccessToken(request, options);
    assert.equal(asked.length, 1);
    mock.timers.tick(200);
    answer = problem(400, 'invalid_grant');
    assert.equal(await getAccessToken(request, options), null);
    assert.equal(await getAccessToken(request, options), null);
    assert.equal(asked.length, 3);
  });

  test('does not remember a token that is nearly over, or a failure', async () => {
    const request = signedIn();
    answer = () => Response.json({ access_token: 'short', token_type: 'Bearer', expires_in: 5, scope: '' });
    await getAccessToken(request, options);
    answer = problem(503, 'temporarily_unavailable');
    await rejectsWith('unavailable', getAccessToken(request, options), /cannot answer at the moment/);
    await rejectsWith('unavailable', getAccessToken(request, options), /cannot answer at the moment/);
    assert.equal(asked.length, 3);
  });

  for (const [code, message, respond] of [
    ['not_allowed', /mapper > API access, with "Tokens for" set to servers.* The facade says: Because\./, problem(400, 'unauthorized_client')],
    ['wrong_secret', /does not accept AUTH_SECRET as the secret of portfolio/, problem(401, 'invalid_client')],
    ['wrong_key', /bound to a key: pass one, as getAccessToken\(request, \{ dpop: keyPair \}\)/, problem(400, 'invalid_dpop_proof')],
    ['refused', /Does a proxy .* add Origin or Sec-Fetch headers/, problem(403, 'access_denied')],
    ['unavailable', /status 503/, problem(503, 'temporarily_unavailable')],
    ['unavailable', /status 502/, () => new Response('<h1>Bad gateway</h1>', { status: 502 })],
    ['unavailable', /could not be reached/, () => Promise.reject(new TypeError('fetch failed'))],
    ['no_facade', /Is it the facade, of a version that has them/, () => new Response('Not found', { status: 404 })],
    ['no_facade', /status 400/, () => Response.json('Bad request.', { status: 400 })],
    ['no_facade', /status 200/, () => Response.json({ access_token: 7, token_type: 'Bearer', expires_in: 300 })],
    ['no_facade', /status 200/, () => Response.json({ access_token: 'a', token_type: 'Bearer', expires_in: '300' })],
    ['no_facade', /status 302/, () => new Response(null, { status: 302, headers: { location: '/login' } })],
  ]) {
    test(`says what to do: ${code}, ${message}`, () => {
      answer = respond;
      return rejectsWith(code, getAccessToken(signedIn(), options), message);
    });
  }

  test('names the entry of the log', async () => {
    answer = problem(400, 'unauthorized_client', { reference: '1F6C2A9B' });
    await assert.rejects(getAccessToken(signedIn(), options), { reference: '1F6C2A9B', status: 400 });
  });

  test('does not work in a browser', async () => {
    globalThis.document = {};
    await assert.rejects(getAccessToken(signedIn(), options), (error) => {
      assert.ok(error instanceof AuthConfigError);
      assert.match(error.message, /^getAccessToken\(\) is for servers/);
      return true;
    });
    assert.deepEqual(asked, []);
  });

  test('works with requests of Express', async () => {
    const { headers } = signedIn();
    assert.equal((await getAccessToken({ headers: { cookie: headers.get('cookie') }, url: '/page' }, options)).accessToken, 'the-token');
  });

  describe('of a request that brings a token, for which the cookie does not count', () => {
    const both = (authorization) => {
      const request = signedIn();
      request.headers.set('authorization', authorization);
      return request;
    };

    for (const authorization of ['Bearer a.b.c', 'bearer', 'DPoP a.b.c', 'Bearer nonsense, nonsense']) {
      test(`is null with bearer: ${authorization}`, async () => {
        for (const bearer of [true, { issuer: 'https://id.example.com/realms/main' }]) {
          assert.equal(await getAccessToken(both(authorization), { ...options, bearer }), null);
          const auth = createAuth({ ...options, bearer });
          next.headers = both(authorization).headers;
          assert.equal(await auth.getAccessToken(), null);
          assert.equal(await auth.getAccessToken(both(authorization)), null);
        }
        assert.deepEqual(asked, []);
      });
    }

    test('is null after a middleware that has accepted the token', async () => {
      const headers = { cookie: signedIn().headers.get('cookie'), authorization: 'Bearer a.b.c' };
      assert.equal(await getAccessToken({ headers, url: '/page', auth: { user: { id: 'user-2' }, via: 'bearer' } }, options), null);
      assert.deepEqual(asked, []);
    });

    test("is the session's without bearer, and for another kind of Authorization", async () => {
      assert.equal((await getAccessToken(both('Bearer a.b.c'), options)).accessToken, 'the-token');
      assert.equal((await getAccessToken(both('Basic YTpi'), { ...options, bearer: true })).accessToken, 'the-token');
      assert.equal((await getAccessToken(signedIn(), { ...options, bearer: true })).accessToken, 'the-token');
    });
  });

  test('works in Next.js: with the request of the context, and with a given one', async () => {
    const auth = createAuth(options);
    next.headers = signedIn().headers;
    assert.equal((await auth.getAccessToken()).accessToken, 'the-token');
    assert.equal((await auth.getAccessToken(signedIn())).accessToken, 'the-token');
    next.headers = new Headers();
    assert.equal(await auth.getAccessToken(), null);
    assert.equal(asked.length, 2);
  });
});

describe('with a key', () => {
  const pair = (algorithm) => crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);

  for (const [alg, algorithm] of [
    ['ES256', { name: 'ECDSA', namedCurve: 'P-256' }],
    ['ES384', { name: 'ECDSA', namedCurve: 'P-384' }],
    ['PS256', { name: 'RSA-PSS', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) }],
    ['RS256', { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) }],
    ['EdDSA', { name: 'Ed25519' }],
  ]) {
    test(`proves that it has one of ${alg}`, async () => {
      const dpop = await pair(algorithm);
      answer = () => Response.json({ access_token: 'bound', token_type: 'DPoP', expires_in: 300, scope: '' });
      assert.equal((await getAccessToken(signedIn(), { ...options, dpop })).tokenType, 'DPoP');
      const proof = asked[0].headers.dpop;
      const [header, claims] = proof.split('.').slice(0, 2).map(decoded);
      assert.equal(header.alg, alg);
      assert.equal(header.typ, 'dpop+jwt');
      assert.ok(!('d' in header.jwk));
      assert.equal(claims.htm, 'POST');
      assert.equal(claims.htu, origin + path);

      const call = { method: 'GET', url: 'https://api.example.com/orders?page=2', accessToken: 'bound' };
      const jkt = await thumbprint(await crypto.subtle.exportKey('jwk', dpop.publicKey));
      assert.equal(await proofProblem(await dpopProof(dpop, call), { ...call, jkt }), undefined);
    });
  }

  test('says that the proof is not accepted', async () => {
    answer = problem(400, 'invalid_dpop_proof');
    const dpop = await pair({ name: 'ECDSA', namedCurve: 'P-256' });
    await rejectsWith('wrong_key', getAccessToken(signedIn(), { ...options, dpop }), /does not accept the DPoP proof/);
  });

  for (const dpop of [{}, null, 'key', { privateKey: {}, publicKey: {} }]) {
    test(`refuses ${JSON.stringify(dpop)}`, () =>
      assert.rejects(getAccessToken(signedIn(), { ...options, dpop }), (error) => {
        assert.ok(error instanceof AuthConfigError, String(error));
        assert.match(error.message, /key pair/);
        return true;
      }));
  }
});

test('dpopProof refuses what is no key pair that signs', async () => {
  const exchange = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']);
  for (const pair of [undefined, {}, exchange]) {
    await assert.rejects(dpopProof(pair, { method: 'GET', url: 'https://api.example.com/' }), AuthConfigError);
  }
});
