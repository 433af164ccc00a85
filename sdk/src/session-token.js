/**
 * Opens the session cookie locally: a JWE in the format of Auth.js 5. Uses WebCrypto, which servers and edge runtimes have.
 * Stricter than Auth.js: it requires `exp`, refuses compression, and requires `sub`, `sid` and `clientId`, so that no other
 * sealed value is taken for a session.
 */

/** Allowed difference of clocks, in seconds, as in Auth.js. */
export const TOLERANCE = 15;

/** More does not fit into a request header. */
const MAX_CHUNKS = 16;
const MAX_LENGTH = 32_768;

/** All chunks but the last are at least this long; versions of Auth.js split at slightly different lengths. */
const SHORTEST_BUT_LAST = 3000;

/** Limits, so that planted cookies cannot keep the server busy. */
const MAX_CANDIDATES = 200;
const MAX_KEYS = 100;

const ENCRYPTIONS = {
  'A256CBC-HS512': { keyBytes: 64, ivBytes: 16, tagBytes: 32, thumbprint: 'SHA-512', decrypt: decryptCbc },
  A256GCM: { keyBytes: 32, ivBytes: 12, tagBytes: 16, thumbprint: 'SHA-256', decrypt: decryptGcm },
};

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });
const { subtle } = globalThis.crypto;

/** The pairs of a `Cookie` header, in order. */
export function parseCookies(header) {
  return (header ?? '').split(';').flatMap((pair) => {
    const equals = pair.indexOf('=');
    return equals < 1 ? [] : [{ name: pair.slice(0, equals).trim(), value: pair.slice(equals + 1).trim() }];
  });
}

/**
 * All possible values of a cookie that may be split into chunks, `name.0`, `name.1`, …: each cookie with the plain name, and
 * each way to join chunks from the first on without a gap. Planted cookies are among them. The caller finds the right one by
 * opening it.
 *
 * @returns {string[]} at most 200
 */
export function candidates(cookies, name) {
  const values = (cookieName) => cookies.filter((cookie) => cookie.name === cookieName).map(({ value }) => value);
  const found = values(name).slice(0, MAX_CANDIDATES);
  const chunks = [];
  for (let sent = values(`${name}.0`); sent.length > 0 && chunks.length < MAX_CHUNKS; ) {
    chunks.push(sent);
    sent = values(`${name}.${chunks.length}`);
  }
  const whole = chunks.map((sent) => sent.filter(({ length }) => length >= SHORTEST_BUT_LAST));
  // Longest first: shorter ones are a fallback in case that the last chunk is a planted one.
  for (let count = chunks.length; count > 0; count--) {
    const parts = [...whole.slice(0, count - 1), chunks[count - 1]];
    // With this check, every combination that is tried ends with a candidate. So MAX_CANDIDATES limits the work, too.
    if (parts.every((sent) => sent.length > 0)) {
      join(parts, '', found);
    }
  }
  return found;
}

function join([values, ...others], begin, found) {
  for (const value of values) {
    if (found.length >= MAX_CANDIDATES) {
      return;
    }
    if (others.length === 0) {
      found.push(begin + value);
    } else {
      join(others, begin + value, found);
    }
  }
}

/**
 * The claims of a session token.
 *
 * @param {string} token
 * @param {{ secrets: string[], cookieName: string, now?: number }} options secrets newest first; `now` in milliseconds
 * @returns {Promise<Record<string, unknown> | null>} `null` for everything but a session that has not ended
 */
export async function openSessionToken(token, { secrets, cookieName, now = Date.now() }) {
  const claims = await unseal(token, { secrets, cookieName });
  return claims !== null && isSession(claims) && isCurrent(claims, now / 1000) ? claims : null;
}

/** The claims of a token that a secret opens, whatever they are, and even if they have expired. `null` if none opens it. */
export async function unseal(token, { secrets, cookieName }) {
  const payload = await open(token, secrets, cookieName);
  return payload === null ? null : parseJson(payload);
}

/** Whether claims are those of a session. */
export function isSession(claims) {
  return ['sub', 'sid', 'clientId'].every((name) => typeof claims[name] === 'string' && claims[name] !== '');
}

/** Whether Keycloak's session has not ended, as far as the claims say. `endsAt` is in milliseconds. */
export function hasNotEnded(claims, seconds) {
  return claims.endsAt === undefined || (isTime(claims.endsAt / 1000) && claims.endsAt / 1000 > seconds - TOLERANCE);
}

function isCurrent(claims, seconds) {
  return (
    isTime(claims.exp) &&
    claims.exp > seconds - TOLERANCE &&
    (claims.nbf === undefined || (isTime(claims.nbf) && claims.nbf <= seconds + TOLERANCE)) &&
    hasNotEnded(claims, seconds)
  );
}

/** In seconds, and within what a `Date` can hold. */
export function isTime(value) {
  return Number.isFinite(value) && Math.abs(value) <= 8.64e12;
}

/** What `getSession()` gives for these claims. */
export function toSession(claims) {
  const user = { id: claims.sub };
  for (const [field, claim] of [
    ['name', 'name'],
    ['email', 'email'],
    ['image', 'picture'],
    ['provider', 'provider'],
    ['clientOrigin', 'clientOrigin'],
    ['clientId', 'clientId'],
  ]) {
    if (typeof claims[claim] === 'string' && claims[claim] !== '') {
      user[field] = claims[claim];
    }
  }
  // Also for cookies of before there was the claim.
  user.emailVerified = user.email !== undefined && claims.emailVerified === true;
  if (typeof claims.claims === 'object' && claims.claims !== null && Object.keys(claims.claims).length > 0) {
    user.claims = claims.claims;
  }
  return { user, expires: new Date(claims.endsAt ?? claims.exp * 1000).toISOString(), ...signInOf(claims) };
}

/** How the user has signed in, and the administrator who acts as the user. Cookies of before there were the claims have none. */
function signInOf({ acr, auth_time: authTime, amr, act }) {
  const isText = (value) => typeof value === 'string' && value !== '';
  return {
    ...(isText(acr) && { acr }),
    ...(isTime(authTime) && { authTime: new Date(authTime * 1000).toISOString() }),
    ...(Array.isArray(amr) && amr.length > 0 && amr.every(isText) && { amr }),
    ...(isText(act?.sub) && { actor: { id: act.sub, ...(isText(act.name) && { name: act.name }) } }),
  };
}

async function open(token, secrets, cookieName) {
  if (token.length > MAX_LENGTH) {
    return null;
  }
  const parts = token.split('.');
  if (parts.length !== 5 || parts[1] !== '') {
    return null;
  }
  const [header, iv, text, tag] = [parts[0], parts[2], parts[3], parts[4]].map(decodeBase64Url);
  const { alg, enc, kid, ...others } = (header && parseJson(header)) ?? {};
  const encryption = Object.hasOwn(ENCRYPTIONS, enc) ? ENCRYPTIONS[enc] : undefined;
  if (
    alg !== 'dir' ||
    encryption === undefined ||
    // A small compressed token could fill the memory. RFC 7515 requires to refuse unknown critical extensions.
    'zip' in others ||
    'crit' in others ||
    (kid !== undefined && typeof kid !== 'string') ||
    iv?.length !== encryption.ivBytes ||
    tag?.length !== encryption.tagBytes ||
    !text
  ) {
    return null;
  }
  const key = await findKey(secrets, cookieName, enc, kid);
  return key === undefined ? null : encryption.decrypt(key, iv, text, tag, encoder.encode(parts[0]));
}

/** The key that the token names; if it names none, that of the newest secret, as in Auth.js. */
async function findKey(secrets, cookieName, enc, kid) {
  for (const secret of secrets) {
    const key = await derive(secret, cookieName, enc);
    if (kid === undefined || kid === key.id) {
      return key;
    }
  }
  return undefined;
}

/** Keys by secret, name and encryption. Requests may have any names, so that only the last ones are kept. */
const derived = new Map();

function derive(secret, cookieName, enc) {
  const known = JSON.stringify([secret, cookieName, enc]);
  const key = derived.get(known) ?? deriveKey(secret, cookieName, ENCRYPTIONS[enc]);
  // At the end again: the first one is the one that was not used for the longest time.
  derived.delete(known);
  derived.set(known, key);
  if (derived.size > MAX_KEYS) {
    derived.delete(derived.keys().next().value);
  }
  return key;
}

async function deriveKey(secret, cookieName, { keyBytes, thumbprint }) {
  const material = await subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, ['deriveBits']);
  const info = encoder.encode(`Auth.js Generated Encryption Key (${cookieName})`);
  const bits = await subtle.deriveBits(
    { name: 'HKDF', hash: 'SHA-256', salt: encoder.encode(cookieName), info },
    material,
    keyBytes * 8,
  );
  const bytes = new Uint8Array(bits);
  const jwk = encoder.encode(`{"k":"${encodeBase64Url(bytes)}","kty":"oct"}`);
  const id = encodeBase64Url(new Uint8Array(await subtle.digest(thumbprint, jwk)));
  if (keyBytes === 32) {
    return { id, content: await subtle.importKey('raw', bytes, 'AES-GCM', false, ['decrypt']) };
  }
  return {
    id,
    mac: await subtle.importKey('raw', bytes.subarray(0, 32), { name: 'HMAC', hash: 'SHA-512' }, false, ['sign']),
    content: await subtle.importKey('raw', bytes.subarray(32), 'AES-CBC', false, ['decrypt']),
  };
}

/** Checks the tag before it decrypts (RFC 7518, section 5.2.2.2). */
async function decryptCbc({ mac, content }, iv, text, tag, header) {
  const authenticated = new Uint8Array(header.length + iv.length + text.length + 8);
  authenticated.set(header, 0);
  authenticated.set(iv, header.length);
  authenticated.set(text, header.length + iv.length);
  new DataView(authenticated.buffer).setBigUint64(authenticated.length - 8, BigInt(header.length * 8));
  const expected = new Uint8Array(await subtle.sign('HMAC', mac, authenticated));
  let difference = 0;
  for (let i = 0; i < tag.length; i++) {
    difference |= expected[i] ^ tag[i];
  }
  return difference === 0 ? decrypt({ name: 'AES-CBC', iv }, content, text) : null;
}

async function decryptGcm({ content }, iv, text, tag, header) {
  const sealed = new Uint8Array(text.length + tag.length);
  sealed.set(text, 0);
  sealed.set(tag, text.length);
  return decrypt({ name: 'AES-GCM', iv, additionalData: header }, content, sealed);
}

async function decrypt(algorithm, key, text) {
  try {
    return new Uint8Array(await subtle.decrypt(algorithm, key, text));
  } catch {
    return null;
  }
}

/** The object in these bytes; `null` for anything else. */
export function parseJson(bytes) {
  try {
    const value = JSON.parse(decoder.decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** Accepts one spelling of each value only: no padding, and unused bits must be zero. */
export function decodeBase64Url(text) {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) {
    return null;
  }
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    return encodeBase64Url(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}

export function encodeBase64Url(bytes) {
  let text = '';
  for (const byte of bytes) {
    text += String.fromCharCode(byte);
  }
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
