import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase32, encodeBase32, normaliseTyped } from '#shared/encoding/base32.ts';

const bytes = fc.uint8Array({ maxLength: 200 });
const digits = fc.string({ unit: fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'), maxLength: 60 });

describe('Base32', () => {
  it('spells known bytes as Crockford does', () => {
    expect(encodeBase32(Uint8Array.of(0xff, 0x00, 0x10))).toBe('ZW010');
    expect(encodeBase32(new Uint8Array())).toBe('');
  });

  it('gives every byte string back', () => {
    fc.assert(
      fc.property(bytes, (given) => {
        expect(decodeBase32(encodeBase32(given))).toEqual(given);
      }),
    );
  });

  it('knows exactly one spelling of each byte string', () => {
    fc.assert(
      fc.property(digits, (text) => {
        const decoded = decodeBase32(text);
        expect(decoded === undefined ? text : encodeBase32(decoded)).toBe(text);
      }),
    );
  });

  it('refuses stray bits in the last digit', () => {
    expect(decodeBase32('ZW')).toEqual(Uint8Array.of(0xff));
    for (const last of 'XYZ') expect(decodeBase32(`Z${last}`)).toBeUndefined();
  });

  it.each(['A', 'ABC', 'ABCDEF'])('refuses %s, a length no byte string has', (text) => {
    expect(decodeBase32(text)).toBeUndefined();
  });

  it.each(['zw', 'Z0 0', 'Z-00', 'ZO', 'ZI', 'ZL', 'ZU', 'Z=', 'Zé'])('refuses %s', (text) => {
    expect(decodeBase32(text)).toBeUndefined();
  });
});

describe('what people type', () => {
  it.each([
    ['7kq2m-x9tbd', '7KQ2MX9TBD'],
    ['  7KQ2M X9TBD\n', '7KQ2MX9TBD'],
    ['oO iI lL', '001111'],
    ['\u{FEFF}7K\u{200B}Q', '7KQ'],
  ])('%j is read as %s', (typed, read) => expect(normaliseTyped(typed)).toBe(read));
});
