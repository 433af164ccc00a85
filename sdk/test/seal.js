// Makes tokens as Auth.js does, and invalid ones. Uses node:crypto, which the code under test does not use.
import { createCipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Tokens that the real @auth/core has made and checked. */
export const vectors = JSON.parse(
  readFileSync(new URL('../../facade/src/test/resources/authjs-vectors.json', import.meta.url), 'utf8'),
);

const base64url = (bytes) => Buffer.from(bytes).toString('base64url');

export function key(secret, cookieName, bytes = 64) {
  return Buffer.from(
    hkdfSync('sha256', secret, cookieName, `Auth.js Generated Encryption Key (${cookieName})`, bytes),
  );
}

export function keyId(bytes) {
  const hash = bytes.length === 64 ? 'sha512' : 'sha256';
  return createHash(hash).update(`{"k":"${base64url(bytes)}","kty":"oct"}`).digest('base64url');
}

/**
 * @param {object | string | Buffer} payload
 * @param {{ secret: string, cookieName: string, header?: object, iv?: Buffer }} options `header` is added to the usual
 */
export function seal(payload, { secret, cookieName, header = {}, iv = randomBytes(16) }) {
  const bytes = key(secret, cookieName);
  const json = JSON.stringify({ alg: 'dir', enc: 'A256CBC-HS512', kid: keyId(bytes), ...header });
  const protectedHeader = base64url(json);
  const cipher = createCipheriv('aes-256-cbc', bytes.subarray(32), iv);
  const plain = typeof payload === 'object' && !Buffer.isBuffer(payload) ? JSON.stringify(payload) : payload;
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(protectedHeader.length * 8));
  const tag = createHmac('sha512', bytes.subarray(0, 32))
    .update(Buffer.concat([Buffer.from(protectedHeader), iv, text, length]))
    .digest()
    .subarray(0, 32);
  return [protectedHeader, '', base64url(iv), base64url(text), base64url(tag)].join('.');
}

export function sealGcm(payload, { secret, cookieName, header = {} }) {
  const iv = randomBytes(12);
  const protectedHeader = base64url(JSON.stringify({ alg: 'dir', enc: 'A256GCM', ...header }));
  const cipher = createCipheriv('aes-256-gcm', key(secret, cookieName, 32), iv);
  cipher.setAAD(Buffer.from(protectedHeader));
  const text = Buffer.concat([cipher.update(JSON.stringify(payload)), cipher.final()]);
  return [protectedHeader, '', base64url(iv), base64url(text), base64url(cipher.getAuthTag())].join('.');
}
