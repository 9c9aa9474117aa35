import { decodeBase32, encodeBase32 } from '#shared/encoding/base32.ts';

/** Numbers that look random and come again with the same seed (mulberry32), so that what was found can be found again. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Mutation = (code: string, other: string, pick: (below: number) => number) => string;

const onBytes =
  (change: (bytes: Uint8Array, pick: (below: number) => number) => Uint8Array): Mutation =>
  (code, _other, pick) =>
    encodeBase32(change(decodeBase32(code) ?? new Uint8Array(), pick));

const randomBytes = (length: number, pick: (below: number) => number) => Uint8Array.from({ length }, () => pick(256));

function flip(bytes: Uint8Array, pick: (below: number) => number): Uint8Array {
  const bit = pick(bytes.length * 8);
  return bytes.with(bit >> 3, (bytes[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7)));
}

/** What happens to codes on their way, and what is done to them on purpose. */
export const mutations: Readonly<Record<string, Mutation>> = {
  flipBit: onBytes(flip),
  flipThree: onBytes((bytes, pick) => flip(flip(flip(bytes, pick), pick), pick)),
  setByte: onBytes((bytes, pick) => bytes.with(pick(bytes.length), pick(256))),
  randomTail: onBytes((bytes, pick) => {
    const from = pick(bytes.length);
    return Uint8Array.of(...bytes.subarray(0, from), ...randomBytes(bytes.length - from, pick));
  }),
  randomHead: onBytes((bytes, pick) => {
    const until = 1 + pick(bytes.length);
    return Uint8Array.of(bytes[0] ?? 0, ...randomBytes(until - 1, pick), ...bytes.subarray(until));
  }),
  zeroSignature: onBytes((bytes) => Uint8Array.of(...bytes.subarray(0, -64), ...new Uint8Array(64))),
  otherForm: onBytes((bytes) => bytes.with(0, bytes[0] === 0x11 ? 0x21 : 0x11)),
  liveAsPrinted: onBytes((bytes) => {
    // H, C and the issuer's signature of a live code, calling themselves a printed one.
    return bytes.length < 189
      ? bytes.toReversed()
      : Uint8Array.of(0x11, ...bytes.subarray(1, 24), ...bytes.subarray(61, 125));
  }),
  graft: (code, other, pick) => {
    const at = 7 + pick(code.length - 7);
    return code.slice(0, at) + other.slice(at);
  },
  truncate: (code, _other, pick) => code.slice(0, pick(code.length)),
  beheaded: (code, _other, pick) => code.slice(1 + pick(code.length - 1)),
  extend: (code, _other, pick) => code + '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[pick(32)],
  twice: (code) => code + code,
  swapDigits: (code, _other, pick) => {
    const at = pick(code.length - 1);
    return code.slice(0, at) + code.charAt(at + 1) + code.charAt(at) + code.slice(at + 2);
  },
  strangeCharacter: (code, _other, pick) => {
    const at = pick(code.length);
    return code.slice(0, at) + (['U', '%', '+', '\u0000', 'é', '🎟', '０', 'ſ'][pick(8)] ?? 'U') + code.slice(at + 1);
  },
  asHex: (code) => Buffer.from(decodeBase32(code) ?? []).toString('hex'),
  asBase64: (code) => Buffer.from(decodeBase32(code) ?? []).toString('base64'),
  asUrl: (code) => `https://tickets.example/?code=${code}`,
  reversed: (code) => [...code].toReversed().join(''),
  noise: (code, _other, pick) => encodeBase32(randomBytes((decodeBase32(code) ?? []).length, pick)),
};
