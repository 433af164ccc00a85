/** Proofs of possession of a key (RFC 9449). */
import { AuthConfigError } from './environment.js';
import { digest, fits, importPublicKey, parseJws, signWithKey, thumbprint, verifies } from './jws.js';

/** In seconds: how old a proof may be, and how far the clocks may differ. */
const LIFETIME = 60;

/** Proofs that are remembered, so that none is used twice. More at once would let the oldest of them pass again. */
const MOST_REMEMBERED = 10_000;

/** When the proof was used, in seconds, by key and id. The oldest is first. */
const used = new Map();

/** A proof for one request. */
export async function dpopProof(keyPair, { method, url, accessToken }) {
  const claims = {
    jti: globalThis.crypto.randomUUID(),
    htm: method,
    htu: withoutQuery(url),
    iat: Math.floor(Date.now() / 1000),
    ...(accessToken === undefined ? {} : { ath: await digest(accessToken) }),
  };
  const proof = await signWithKey(claims, keyPair ?? {}, 'dpop+jwt');
  if (proof === null) {
    throw new AuthConfigError("dpop must be a key pair with which crypto.subtle signs, such as one of ECDSA with P-256.");
  }
  return proof;
}

function withoutQuery(url) {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/**
 * Why a proof is not accepted; `undefined` if it is.
 *
 * @param jkt the key that the token is bound to
 */
export async function proofProblem(proof, { method, url, accessToken, jkt }) {
  const parsed = typeof proof === 'string' ? parseJws(proof) : null;
  if (parsed === null || parsed.header.typ !== 'dpop+jwt') {
    return 'there is no DPoP proof';
  }
  const { header, claims } = parsed;
  const { jwk } = header;
  if (typeof jwk !== 'object' || jwk === null || 'd' in jwk || !fits(jwk, header.alg)) {
    return 'its proof has no public key';
  }
  const now = Date.now() / 1000;
  const { htm, htu, iat, ath, jti } = claims;
  if (htm !== method || !URL.canParse(url) || !URL.canParse(htu) || new URL(htu).href !== withoutQuery(url)) {
    return 'its proof is for another request';
  }
  if (!Number.isFinite(iat) || Math.abs(now - iat) > LIFETIME) {
    return 'its proof is too old';
  }
  if (ath !== (await digest(accessToken)) || (await thumbprint(jwk)) !== jkt) {
    return 'its proof is for another token or key';
  }
  if (typeof jti !== 'string' || jti === '' || !(await isSigned(jwk, parsed))) {
    return 'its proof is not signed';
  }
  return isUsed(`${jkt} ${await digest(jti)}`, now) ? 'its proof was used before' : undefined;
}

async function isSigned(jwk, parsed) {
  try {
    return await verifies(await importPublicKey(jwk, parsed.header.alg), parsed);
  } catch {
    return false;
  }
}

function isUsed(id, now) {
  for (const [old, at] of used) {
    if (now - at <= 2 * LIFETIME && used.size < MOST_REMEMBERED) {
      break;
    }
    used.delete(old);
  }
  const before = used.has(id);
  used.set(id, now);
  return before;
}
