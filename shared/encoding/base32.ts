/**
 * Crockford's Base32 (crockford.com/base32): no I, L, O or U, so it survives being read aloud, typed and keyed in by a
 * scanner that acts as a keyboard. Big-endian bit order, no padding characters; left-over bits are zero, so that each
 * byte string has exactly one spelling.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const bitsPerDigit = 5;
const bitsPerByte = 8;

/** By character code; a gate decodes 303 digits a scan, and a table is twenty times as fast as a map. */
const noDigit = 0xff;
const values = new Uint8Array(128).fill(noDigit);
for (const [value, digit] of [...alphabet].entries()) values[digit.charCodeAt(0)] = value;

export function encodeBase32(bytes: Uint8Array): string {
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << bitsPerByte) | byte;
    bits += bitsPerByte;
    while (bits >= bitsPerDigit) {
      bits -= bitsPerDigit;
      text += alphabet[(buffer >>> bits) & 31];
    }
    buffer &= (1 << bits) - 1;
  }
  return bits > 0 ? text + alphabet[(buffer << (bitsPerDigit - bits)) & 31] : text;
}

/** Strict: upper case only, no aliases, no stray bits. Undefined for anything else. */
export function decodeBase32(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * bitsPerDigit) / bitsPerByte));
  if (Math.ceil((bytes.length * bitsPerByte) / bitsPerDigit) !== text.length) return undefined;
  let buffer = 0;
  let bits = 0;
  let at = 0;
  for (let index = 0; index < text.length; index += 1) {
    const value = values[text.charCodeAt(index)] ?? noDigit;
    if (value === noDigit) return undefined;
    buffer = (buffer << bitsPerDigit) | value;
    bits += bitsPerDigit;
    if (bits >= bitsPerByte) {
      bits -= bitsPerByte;
      bytes[at++] = (buffer >>> bits) & 255;
    }
    buffer &= (1 << bits) - 1;
  }
  return buffer === 0 ? bytes : undefined;
}

/** What people and keyboards do to a code: spaces, hyphens, lower case, and the look-alikes Crockford allows for. */
export function normaliseTyped(text: string): string {
  return text
    .toUpperCase()
    .replaceAll(/[\s\u{200B}\u{FEFF}-]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
}
