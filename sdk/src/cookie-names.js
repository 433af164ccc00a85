import { sha256 } from './sha256.js';

/**
 * The names of the facade's cookies. Where several clients use one host name, on different ports, each client's names begin
 * with its client id: cookies do not know ports.
 */

/** In characters. The facade hashes longer client ids. */
const LONGEST_APPLICATION = 100;

/** The beginning of a hashed client id. An escaped one never begins like this. */
const HASHED = '!~';

const HASH_BYTES = 16;

/** The most clients' names that are read, so that planted cookies cannot keep the server busy. */
const MAX_NAMES = 20;

const SESSION_COOKIE = /^(__Secure-)?(?:([A-Za-z0-9!#$&'*.^_`|~-]+)\.)?authjs\.session-token(?:\.\d{1,2})?$/;

/**
 * The names of all cookies, as Auth.js calls them in its configuration.
 *
 * @param {boolean} secure whether the application is served over TLS
 * @param {string} [prefix] that of the client, where other clients use the same host name
 */
export function cookieNames(secure, prefix = '') {
  const named = (name, begin = '__Secure-') => `${secure ? begin : ''}${prefix}authjs.${name}`;
  return {
    sessionToken: named('session-token'),
    callbackUrl: named('callback-url'),
    csrfToken: named('csrf-token', '__Host-'),
    pkceCodeVerifier: named('pkce.code_verifier'),
    state: named('state'),
    nonce: named('nonce'),
  };
}

/** The client in the names, with a dot: characters that names must not have become `!code!`, and a long id its hash. */
export function applicationPrefix(clientId) {
  const escaped = clientId
    .replaceAll('!', '!21!')
    .replace(/[^A-Za-z0-9!#$&'*.^_`|~-]/gu, (character) => `!${character.codePointAt(0).toString(16)}!`);
  return `${escaped.length <= LONGEST_APPLICATION ? escaped : HASHED + hash(clientId)}.`;
}

function hash(clientId) {
  const bytes = sha256(new TextEncoder().encode(clientId)).subarray(0, HASH_BYTES);
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * The session cookies of a request by name, without the numbers of chunks. Both names of this client are its own: when
 * another client starts or stops using the host name, the facade changes the name before settings change.
 *
 * @param {{ name: string }[]} cookies
 * @param {string | undefined} clientId without one, every client's cookies may be ours
 * @returns {{ name: string, secure: boolean, prefix: string, ours: boolean }[]} each name once; at most 20 with prefixes
 *     of clients, beside our own
 */
export function sessionCookieNames(cookies, clientId) {
  const own = clientId ? applicationPrefix(clientId) : undefined;
  const found = new Map();
  let others = 0;
  for (const cookie of cookies) {
    const match = SESSION_COOKIE.exec(cookie.name);
    if (match === null) {
      continue;
    }
    const secure = match[1] !== undefined;
    const prefix = match[2] === undefined ? '' : `${match[2]}.`;
    const name = cookieNames(secure, prefix).sessionToken;
    const known = prefix === '' || prefix === own;
    if (!found.has(name) && (known || ++others <= MAX_NAMES)) {
      found.set(name, { name, secure, prefix, ours: known || own === undefined });
    }
  }
  return [...found.values()];
}
