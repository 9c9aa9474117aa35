import * as fc from 'fast-check';
import { encodeQR } from 'qr';
import { describe, expect, it } from 'vitest';
import {
  decodeGrants,
  encodeGrants,
  encodeHeader,
  grantsLength,
  printedCodeLength,
  readPrintedCode,
  signatureLength,
  signedBytes,
  writePrintedCode,
  type TicketHeader,
} from '#shared/tickets/code.ts';

const header: fc.Arbitrary<TicketHeader> = fc.record({
  keyId: fc.integer({ min: 0, max: 0xff }),
  eventNumber: fc.integer({ min: 0, max: 0xff_ff_ff_ff }),
  ticket: fc.uint8Array({ minLength: 8, maxLength: 8 }),
  generation: fc.integer({ min: 0, max: 0xff_ff }),
});
const exactly = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const sealed = exactly(grantsLength);
const signature = exactly(signatureLength);

const sample = writePrintedCode(
  encodeHeader('printed', { keyId: 1, eventNumber: 7, ticket: new Uint8Array(8).fill(9), generation: 1 }),
  new Uint8Array(grantsLength).fill(5),
  new Uint8Array(signatureLength).fill(3),
);

describe('a printed ticket code', () => {
  it('gives back every header, sealed grant and signature', () => {
    fc.assert(
      fc.property(header, sealed, signature, (h, c, s) => {
        const headerBytes = encodeHeader('printed', h);
        expect(readPrintedCode(writePrintedCode(headerBytes, c, s))).toEqual({
          form: 'printed',
          header: h,
          headerBytes,
          sealedGrants: c,
          signature: s,
        });
      }),
    );
  });

  it('is 141 characters, and a QR code of version 6-M holds it', () => {
    fc.assert(
      fc.property(header, sealed, signature, (h, c, s) => {
        const code = writePrintedCode(encodeHeader('printed', h), c, s);
        expect(code).toHaveLength(141);
        const modules = encodeQR(code, 'raw', { ecc: 'medium', encoding: 'alphanumeric', border: 1 });
        expect(modules.length - 2).toBeLessThanOrEqual(17 + 4 * 6);
      }),
      { numRuns: 20 },
    );
    expect(printedCodeLength).toBe(141);
  });

  it('is refused at every shorter length, and when extended', () => {
    const lengths = Array.from({ length: sample.length }, (_, length) => length);
    expect(lengths.filter((length) => readPrintedCode(sample.slice(0, length)) !== undefined)).toEqual([]);
    for (const more of ['0', 'Z', '00000000', sample]) expect(readPrintedCode(sample + more)).toBeUndefined();
  });

  it('is refused in lower case: forgiving a keyboard is the reader’s work', () => {
    expect(readPrintedCode(sample.toLowerCase())).toBeUndefined();
  });

  it('is refused with any other form or version in its first byte', () => {
    const rest = sample.slice(2);
    const others = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'].flatMap((digit) => [`${digit}${sample[1]}`, `2${digit}`]);
    const read = others.filter((start) => readPrintedCode(start + rest) !== undefined);
    // The second digit carries two bits of the key id: four spellings share the first byte.
    expect(new Set(read.map((start) => start[0]))).toEqual(new Set([sample[0]]));
    for (const start of read) expect(readPrintedCode(start + rest)?.headerBytes[0]).toBe(0x11);
  });

  it('is refused with a stray bit after its last byte', () => {
    const others = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'].map((digit) => sample.slice(0, -1) + digit);
    // 141 digits carry 705 bits for 704: one bit is left over, so half the last digits are refused.
    expect(others.filter((code) => readPrintedCode(code) !== undefined)).toHaveLength(16);
  });
});

describe('what an issuer signs', () => {
  it('begins with a domain of its own, and covers header and sealed grants', () => {
    const headerBytes = encodeHeader('printed', { keyId: 1, eventNumber: 2, ticket: new Uint8Array(8), generation: 3 });
    const given = { tier: 1, access: 0x8001, flags: 4, typeNumber: 0xde, exceptions: 0xad_be_ef };
    const grants = encodeGrants(given);
    expect([...grants]).toEqual([1, 0x80, 0x01, 4, 0xde, 0xad, 0xbe, 0xef]);
    expect(decodeGrants(grants)).toEqual(given);
    const signed = signedBytes(headerBytes, grants);
    expect(String.fromCharCode(...signed.subarray(0, 28))).toBe('expo-ticketing/ticket-code/1');
    expect(signed.subarray(29)).toEqual(Uint8Array.of(...headerBytes, ...grants));
  });
});
