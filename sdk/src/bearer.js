/** `Authorization: Bearer`: access tokens of the application's own client, for its mobile app or another machine. */
import { AuthConfigError, environment, originsOf, webUrl } from './environment.js';
import { proofProblem } from './dpop.js';
import { AuthServerError, fetchJson, header, ownOrigin } from './facade.js';
import { ALGORITHM_NAMES, fits, importPublicKey, parseJws, verifies } from './jws.js';
import { isTime, TOLERANCE, toSession } from './session-token.js';

/** In milliseconds. */
const KEYS_FRESH = 600_000;
const KEYS_USED = 3_600_000;
const BETWEEN_QUESTIONS = 10_000;

const MOST_ISSUERS = 20;
const MOST_KEYS = 100;

const CREDENTIALS = /^(bearer|dpop)(?: +(.*))?$/is;
const TOKEN = /^[\w~+/.-]+=*$/;

/** Whether a request brings a token. Then its cookies do not count: a refused token must not become another user's session. */
export const bringsToken = (request, { bearer } = {}) =>
  Boolean(bearer) && CREDENTIALS.test(header(request, 'authorization') ?? '');

/**
 * The session of a token.
 *
 * @returns `{ session }`, or `{ session: null, refused }` with the value of `WWW-Authenticate`
 */
export async function readToken(request, options) {
  const settings = settingsOf(options);
  const [, scheme, token = ''] = CREDENTIALS.exec(header(request, 'authorization'));
  const bound = scheme.toLowerCase() === 'dpop';
  const parsed = TOKEN.test(token) ? parseJws(token) : null;
  const problem =
    parsed === null
      ? 'it is no signed token'
      : (claimsProblem(parsed, settings, bound) ?? (await signatureProblem(parsed, settings, options)));
  if (problem !== undefined) {
    return refusal('Bearer', 'invalid_token', problem);
  }
  const { claims } = parsed;
  if (bound) {
    const proof = await proofProblem(header(request, 'dpop'), {
      method: request.method,
      url: addressOf(request, options),
      accessToken: token,
      jkt: claims.cnf.jkt,
    });
    if (proof !== undefined) {
      return refusal('DPoP', 'invalid_dpop_proof', proof);
    }
  }
  const session = toSession({ ...claims, endsAt: undefined, clientId: claims.azp, emailVerified: claims.email_verified === true });
  return { session: { ...session, via: 'bearer' } };
}

function refusal(scheme, error, problem) {
  const algorithms = scheme === 'DPoP' ? `, algs="${ALGORITHM_NAMES.join(' ')}"` : '';
  return {
    session: null,
    refused: `${scheme} error="${error}", error_description="The token is not accepted: ${problem}"${algorithms}`,
  };
}

function settingsOf({ bearer, clientId }) {
  const variables = environment();
  const given = bearer === true ? {} : bearer;
  const issuer = given.issuer ?? variables.AUTH_KEYCLOAK_ISSUER;
  const client = clientId ?? variables.AUTH_KEYCLOAK_ID;
  if (!issuer || !client) {
    throw new AuthConfigError(
      'Set AUTH_KEYCLOAK_ISSUER to the address of the realm, such as https://id.example.com/realms/main, and ' +
        'AUTH_KEYCLOAK_ID to the client id: with bearer, access tokens of that client are accepted.',
    );
  }
  webUrl(issuer, 'AUTH_KEYCLOAK_ISSUER');
  return { issuer: issuer.replace(/\/$/, ''), client, audiences: [given.audience ?? client].flat() };
}

/** Why a token is not one that this application accepts; `undefined` if only its signature is to be verified. */
function claimsProblem({ header: { typ }, claims }, { issuer, client, audiences }, bound) {
  const now = Date.now() / 1000;
  const { iss, aud, azp, sub, exp, nbf, iat, cnf } = claims;
  if (typ !== undefined && !['jwt', 'at+jwt', 'application/at+jwt'].includes(String(typ).toLowerCase())) {
    return 'it is no access token';
  }
  // ID tokens, refresh tokens and logout tokens of the same realm have the same keys.
  if (claims.typ !== 'Bearer' && claims.typ !== 'DPoP') {
    return 'it is no access token';
  }
  if (iss !== issuer) {
    return 'it is of another issuer';
  }
  if (azp !== client) {
    return 'it is of another client';
  }
  if (![aud].flat().some((each) => typeof each === 'string' && audiences.includes(each))) {
    return 'it is for another audience';
  }
  if (typeof sub !== 'string' || sub === '') {
    return 'it names no user';
  }
  // A token of a sign-in in a browser, which has a session and should not be anywhere else.
  if ('clientOrigin' in claims) {
    return 'it is of a sign-in at a page';
  }
  if (!isTime(exp) || exp <= now - TOLERANCE) {
    return 'it has expired';
  }
  if ([nbf, iat].some((time) => time !== undefined && !(isTime(time) && time <= now + TOLERANCE))) {
    return 'it is not valid yet';
  }
  const binding = cnf !== undefined || claims.typ === 'DPoP';
  if (bound !== binding) {
    return bound ? 'it is bound to no key' : 'it is bound to a key, and is not sent with Authorization: DPoP';
  }
  // Bound to a certificate, which is not seen here.
  return binding && typeof cnf?.jkt !== 'string' ? 'it is bound in another way than with DPoP' : undefined;
}

/** Where the request was sent, as the client knows it: behind a proxy, the configured origin. */
function addressOf(request, options) {
  const path = request.originalUrl ?? request.url;
  const origins = originsOf(options);
  const own = ownOrigin(request);
  const origin = origins.includes(own) || origins.length === 0 ? own : origins[0];
  const url = URL.canParse(path, origin) ? new URL(path, origin) : undefined;
  return url && (origin ?? url.origin) + url.pathname;
}

/** Keys by issuer. The first is the one that was not used for the longest time. */
const issuers = new Map();

async function signatureProblem(parsed, { issuer }, options) {
  const { alg, kid } = parsed.header;
  const found = (keys) => keys.find((jwk) => jwk.kid === kid && fits(jwk, alg));
  const keys = await keysOf(issuer, options, (known) => found(known) !== undefined);
  const jwk = typeof kid === 'string' ? found(keys) : undefined;
  try {
    return jwk !== undefined && (await verifies(await importPublicKey(jwk, alg), parsed))
      ? undefined
      : 'its signature is not of the issuer';
  } catch {
    return 'its signature is not of the issuer';
  }
}

/** The issuer's keys. Asks for them again when they are old, or not `enough`, but not at the pace of forged tokens. */
async function keysOf(issuer, options, enough) {
  const entry = issuers.get(issuer) ?? { keys: [], at: -Infinity, asked: -Infinity };
  issuers.delete(issuer);
  issuers.set(issuer, entry);
  if (issuers.size > MOST_ISSUERS) {
    issuers.delete(issuers.keys().next().value);
  }
  const now = Date.now();
  const isOld = now - entry.at > KEYS_FRESH;
  if ((isOld || !enough(entry.keys)) && now - entry.asked > BETWEEN_QUESTIONS) {
    entry.asked = now;
    entry.question = fetchKeys(issuer, options)
      .then((keys) => Object.assign(entry, { keys, at: Date.now() }))
      .finally(() => (entry.question = undefined));
    entry.question.catch(() => {});
  }
  if (entry.question !== undefined && (isOld || !enough(entry.keys))) {
    await entry.question.catch(() => {});
  }
  if (Date.now() - entry.at > KEYS_USED) {
    throw new AuthServerError('unavailable', `The keys of ${issuer} could not be read just now.`);
  }
  return entry.keys;
}

async function fetchKeys(issuer, options) {
  const { keys } = await fetchJson(`${issuer}/protocol/openid-connect/certs`, options);
  if (!Array.isArray(keys)) {
    throw new AuthServerError('unavailable', `${issuer} has no keys. Is AUTH_KEYCLOAK_ISSUER the address of the realm?`);
  }
  return keys.filter((key) => typeof key === 'object' && key !== null).slice(0, MOST_KEYS);
}
