import { dpopProof } from './dpop.js';
import { AuthConfigError, environment, requireSecrets } from './environment.js';
import { AuthServerError, facadeFor, forwarded, send } from './facade.js';
import { signWithSecret, thumbprint } from './jws.js';

/** In milliseconds. A session that has ended must not get a token from here for longer than the facade may take to hear of it. */
const KEPT = 1000;

/** In milliseconds before its end, a token is of no use: it still has to reach an API. */
const NEARLY_OVER = 10_000;

const MOST_KEPT = 1000;

/** In seconds. */
const ASSERTION_LIFETIME = 30;

const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Says why there is no access token although somebody is signed in, and what to do. */
export class AccessTokenError extends Error {
  /** @param {'not_allowed' | 'wrong_secret' | 'wrong_key' | 'no_facade' | 'refused' | 'unavailable'} code */
  constructor(code, message, { status, reference, cause } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'AccessTokenError';
    this.code = code;
    this.status = status;
    this.reference = reference;
  }
}

/** Answers, and questions that are under way, by session. The oldest is first. */
const known = new Map();

/**
 * Keycloak's access token of a session. Requests of one session at the same time share one question to the facade.
 *
 * @param claims of the session cookie
 * @returns `null` if nobody is signed in any more
 */
export async function accessTokenOf(claims, request, options) {
  const facade = facadeFor(request, options);
  const jkt = options.dpop === undefined ? '' : await thumbprintOf(options.dpop);
  // Each sign-in has its own: another one to the same session at Keycloak may have reached a higher level.
  const { clientId, sid, sub, signedInAt } = claims;
  const key = JSON.stringify([facade.url.origin, facade.origin, clientId, sid, sub, signedInAt, jkt]);
  const before = known.get(key);
  if (before !== undefined && (before.until === undefined || before.until > Date.now())) {
    return before.answer;
  }
  const asked = { answer: ask(facade, claims, request, options) };
  known.delete(key);
  known.set(key, asked);
  if (known.size > MOST_KEPT) {
    known.delete(known.keys().next().value);
  }
  try {
    const token = await asked.answer;
    asked.until = token === null ? 0 : Math.min(Date.now() + KEPT, Date.parse(token.expiresAt) - NEARLY_OVER);
  } catch {
    asked.until = 0;
  }
  if (asked.until === 0 && known.get(key) === asked) {
    known.delete(key);
  }
  return asked.answer;
}

async function thumbprintOf(keyPair) {
  try {
    return await thumbprint(await globalThis.crypto.subtle.exportKey('jwk', keyPair.publicKey));
  } catch (cause) {
    throw noKey(cause);
  }
}

const noKey = (cause) =>
  new AuthConfigError(
    "dpop must be a key pair that signs, such as crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']).",
    { cause },
  );

async function ask(facade, { clientId }, request, options) {
  const path = `${facade.basePath}/token`;
  const audience = facade.origin + path;
  const [secret] = requireSecrets(options, environment());
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: clientId,
    sub: clientId,
    aud: audience,
    jti: globalThis.crypto.randomUUID(),
    iat: now,
    exp: now + ASSERTION_LIFETIME,
  };
  const form = new URLSearchParams({
    client_id: clientId,
    client_assertion_type: ASSERTION,
    client_assertion: await signWithSecret(claims, secret),
  });
  const headers = {
    ...forwarded(facade, request),
    ...(facade.isHere ? {} : { 'x-client-origin': facade.origin }),
    ...(options.dpop === undefined ? {} : { dpop: await dpopProof(options.dpop, { method: 'POST', url: audience }) }),
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
  };
  let answer;
  try {
    answer = await send(facade, path, { method: 'POST', headers, body: new TextEncoder().encode(form.toString()) });
  } catch (cause) {
    if (cause instanceof AuthServerError) {
      throw new AccessTokenError('unavailable', cause.message, { cause });
    }
    throw cause;
  }
  return read(answer, facade.url.origin + path, clientId, options.dpop !== undefined);
}

function read({ status, body }, address, clientId, hasKey) {
  const { access_token: accessToken, token_type: tokenType, expires_in: seconds, scope = '', ...problem } = parsed(body);
  const isToken = [accessToken, tokenType, scope].every((text) => typeof text === 'string') && Number.isFinite(seconds);
  if (status === 200 && isToken) {
    return { accessToken, tokenType, scope, expiresAt: new Date(Date.now() + seconds * 1000).toISOString() };
  }
  if (status === 400 && problem.error === 'invalid_grant') {
    return null;
  }
  const said = typeof problem.error_description === 'string' ? ` The facade says: ${problem.error_description}` : '';
  const refuse = (code, message) => {
    throw new AccessTokenError(code, message + said, { status, reference: problem.reference });
  };
  switch (problem.error) {
    case 'unauthorized_client':
      return refuse(
        'not_allowed',
        `The application ${clientId} may not have access tokens. An administrator allows it in Keycloak: Clients > ${clientId} > ` +
          `Client scopes > ${clientId}-dedicated > Add mapper > API access, with "Tokens for" set to servers.`,
      );
    case 'invalid_client':
      return refuse(
        'wrong_secret',
        `${address} does not accept AUTH_SECRET as the secret of ${clientId}. Set it to the secret of this application, which ` +
          '"secret <client id>" of the facade prints, and check the clocks of both servers.',
      );
    case 'invalid_dpop_proof':
      return refuse(
        'wrong_key',
        hasKey
          ? `${address} does not accept the DPoP proof. Check the clocks of both servers.`
          : `Tokens of ${clientId} are bound to a key: pass one, as getAccessToken(request, { dpop: keyPair }).`,
      );
    case 'access_denied':
      return refuse(
        'refused',
        `${address} takes the request for one of a browser. Does a proxy between this server and the facade add Origin or Sec-Fetch headers?`,
      );
  }
  if (status >= 500 || status === 429 || status === 408) {
    return refuse('unavailable', `${address} cannot answer at the moment (status ${status}).`);
  }
  return refuse(
    'no_facade',
    `${address} has no access tokens (status ${status}). Is it the facade, of a version that has them, and is ${clientId} its application?`,
  );
}

function parsed(bytes) {
  try {
    return { ...JSON.parse(new TextDecoder().decode(bytes)) };
  } catch {
    return {};
  }
}
