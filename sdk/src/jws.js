/** Signs and verifies compact JWS (RFC 7515) with WebCrypto, which servers and edge runtimes have. */
import { decodeBase64Url, encodeBase64Url, parseJson } from './session-token.js';

const encoder = new TextEncoder();
const { subtle } = globalThis.crypto;

/** What a token may have at most, in characters: requests with larger headers do not arrive. */
const MAX_LENGTH = 16_384;

const hashed = (name, bits) => ({ name, hash: `SHA-${bits}` });
const rsa = (bits) => ({ kty: 'RSA', key: hashed('RSASSA-PKCS1-v1_5', bits), use: { name: 'RSASSA-PKCS1-v1_5' } });
const pss = (bits) => ({ kty: 'RSA', key: hashed('RSA-PSS', bits), use: { name: 'RSA-PSS', saltLength: bits / 8 } });
const ec = (crv, bits) => ({ kty: 'EC', crv, key: { name: 'ECDSA', namedCurve: crv }, use: hashed('ECDSA', bits) });

/** The algorithms with which Keycloak signs tokens by a key pair, and what WebCrypto calls them. */
const ALGORITHMS = {
  RS256: rsa(256),
  RS384: rsa(384),
  RS512: rsa(512),
  PS256: pss(256),
  PS384: pss(384),
  PS512: pss(512),
  ES256: ec('P-256', 256),
  ES384: ec('P-384', 384),
  ES512: ec('P-521', 512),
  EdDSA: { kty: 'OKP', crv: 'Ed25519', key: { name: 'Ed25519' }, use: { name: 'Ed25519' } },
};

export const ALGORITHM_NAMES = Object.keys(ALGORITHMS);

/** The parts of a token that is signed with one of the algorithms; `null` for anything else. Nothing is verified yet. */
export function parseJws(token) {
  const parts = token.length > MAX_LENGTH ? [] : token.split('.');
  if (parts.length !== 3) {
    return null;
  }
  const [header, payload, signature] = parts.map(decodeBase64Url);
  const [head, claims] = [header && parseJson(header), payload && parseJson(payload)];
  // Extensions that are not understood must be refused (RFC 7515, section 4.1.11).
  return head && claims && signature && Object.hasOwn(ALGORITHMS, head.alg) && !('crit' in head) && !('b64' in head)
    ? { header: head, claims, signature, signed: encoder.encode(`${parts[0]}.${parts[1]}`) }
    : null;
}

/** Whether a public key can have signed with this algorithm. */
export function fits(jwk, alg) {
  const { kty, crv } = ALGORITHMS[alg];
  return (
    jwk.kty === kty &&
    (crv === undefined || jwk.crv === crv) &&
    (jwk.alg === undefined || jwk.alg === alg) &&
    (jwk.use === undefined || jwk.use === 'sig')
  );
}

/** A public key for {@link verifies}; rejects if it is none. */
export const importPublicKey = (jwk, alg) => subtle.importKey('jwk', publicPart(jwk), ALGORITHMS[alg].key, false, ['verify']);

export const verifies = (key, { header, signature, signed }) => subtle.verify(ALGORITHMS[header.alg].use, key, signature, signed);

/** The required members of a public key (RFC 7638), in their order. */
export function publicPart({ kty, crv, e, n, x, y }) {
  return kty === 'RSA' ? { e, kty, n } : kty === 'EC' ? { crv, kty, x, y } : { crv, kty, x };
}

export const digest = async (text) => encodeBase64Url(new Uint8Array(await subtle.digest('SHA-256', encoder.encode(text))));

/** RFC 7638. */
export const thumbprint = (jwk) => digest(JSON.stringify(publicPart(jwk)));

/** The name of the algorithm that a private key of WebCrypto signs with. */
function algorithmOf({ algorithm: { name, hash, namedCurve } }) {
  return ALGORITHM_NAMES.find((alg) => {
    const { key } = ALGORITHMS[alg];
    return key.name === name && key.namedCurve === namedCurve && key.hash === hash?.name;
  });
}

/** A token that a secret signs: HS256. */
export async function signWithSecret(claims, secret) {
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const key = await subtle.importKey('raw', encoder.encode(secret), hmac, false, ['sign']);
  return compact({ alg: 'HS256', typ: 'JWT' }, claims, (bytes) => subtle.sign(hmac, key, bytes));
}

/**
 * A token that a private key signs, with the public key in its header.
 *
 * @returns `null` if it is no key pair of one of the algorithms
 */
export async function signWithKey(claims, { privateKey, publicKey }, typ) {
  const alg = privateKey && algorithmOf(privateKey);
  if (!alg || !publicKey) {
    return null;
  }
  const jwk = publicPart(await subtle.exportKey('jwk', publicKey));
  return compact({ alg, typ, jwk }, claims, (bytes) => subtle.sign(ALGORITHMS[alg].use, privateKey, bytes));
}

async function compact(header, claims, sign) {
  const signed = [header, claims].map((part) => encodeBase64Url(encoder.encode(JSON.stringify(part)))).join('.');
  return `${signed}.${encodeBase64Url(new Uint8Array(await sign(encoder.encode(signed))))}`;
}
