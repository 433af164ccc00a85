/**
 * SHA-256 (FIPS 180-4) in one call: WebCrypto only has one that must be waited for, and middleware of Next.js has no
 * `node:crypto`. For names that anybody may know, not for secrets.
 */

/** The first 32 bits of a fraction. */
const fraction = (number) => ((number - Math.floor(number)) * 2 ** 32) | 0;

const rotate = (word, bits) => (word >>> bits) | (word << (32 - bits));

/** @param {Uint8Array} bytes */
export function sha256(bytes) {
  const { start, constants } = fromPrimes();
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);
  const words = new Int32Array(64);
  let state = start;
  for (let at = 0; at < padded.length; at += 64) {
    for (let i = 0; i < 64; i++) {
      words[i] = i < 16 ? view.getInt32(at + 4 * i) : extended(words, i);
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i++) {
      const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const first = (h + sum1 + ((e & f) ^ (~e & g)) + constants[i] + words[i]) | 0;
      const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      const second = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [a, b, c, d, e, f, g, h] = [(first + second) | 0, a, b, c, (d + first) | 0, e, f, g];
    }
    state = [a, b, c, d, e, f, g, h].map((word, i) => (word + state[i]) | 0);
  }
  const hash = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => hash.setInt32(4 * i, word));
  return new Uint8Array(hash.buffer);
}

function extended(words, i) {
  const [early, late] = [words[i - 15], words[i - 2]];
  const sum0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
  const sum1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
  return words[i - 16] + sum0 + words[i - 7] + sum1;
}

/** The constants of sections 4.2.2 and 5.3.3: roots of the first primes. */
function fromPrimes() {
  const primes = [];
  for (let number = 2; primes.length < 64; number++) {
    if (primes.every((prime) => number % prime !== 0)) {
      primes.push(number);
    }
  }
  return {
    start: primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime))),
    constants: primes.map((prime) => fraction(Math.cbrt(prime))),
  };
}
