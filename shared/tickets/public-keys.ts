/**
 * Public keys that must not be taken. WebCrypto's Ed25519 accepts points of small order, the neutral one for instance, under
 * which one signature verifies for every message; and not every WebCrypto reads compressed P-256 points.
 */
const fieldOfEd25519 = 2n ** 255n - 19n;

/**
 * y of the eight points of small order (RFC 8032, section 5.1, has the curve): of orders 4, 1, 2 and twice 8. The sign bit,
 * and with it x, makes no difference.
 */
const smallOrder = new Set([
  0n,
  1n,
  fieldOfEd25519 - 1n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
]);

/** Whether 32 bytes may be an issuer's key: one spelling (y below the field's prime), and not of small order. */
export function isSafeEd25519Key(bytes: Uint8Array): boolean {
  if (bytes.length !== 32) return false;
  const y = bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n) & (2n ** 255n - 1n);
  return y < fieldOfEd25519 && !smallOrder.has(y);
}

const fieldOfP256 = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const bOfP256 = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

/**
 * A compressed P-256 point (SEC 1, 2.3.4) as `04 x y`, which every WebCrypto imports. Undefined for what is no point of the
 * curve; the point at infinity has no compressed form of this length.
 */
export function decompressPoint(compressed: Uint8Array): Uint8Array | undefined {
  const sign = compressed[0];
  if (compressed.length !== 33 || (sign !== 2 && sign !== 3)) return undefined;
  const x = compressed.subarray(1).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  if (x >= fieldOfP256) return undefined;
  const square = modulo(x * x * x - 3n * x + bOfP256, fieldOfP256);
  // The prime leaves 3 when divided by 4, so this power is a root if there is one.
  const root = power(square, (fieldOfP256 + 1n) / 4n, fieldOfP256);
  if ((root * root) % fieldOfP256 !== square) return undefined;
  const y = Number(root & 1n) === sign - 2 ? root : fieldOfP256 - root;
  const point = new Uint8Array(65);
  point[0] = 4;
  point.set(compressed.subarray(1), 1);
  for (let at = 64, rest = y; at > 32; at -= 1, rest >>= 8n) point[at] = Number(rest & 0xffn);
  return point;
}

function power(base: bigint, exponent: bigint, field: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % field;
    if (bit === '1') result = (result * base) % field;
  }
  return result;
}

function modulo(value: bigint, field: bigint): bigint {
  const rest = value % field;
  return rest < 0n ? rest + field : rest;
}
