import * as fc from 'fast-check';
import { encodeQR } from 'qr';
import { describe, expect, it } from 'vitest';
import { encodeBase32 } from '#shared/encoding/base32.ts';
import { encodeHeader } from '#shared/tickets/code.ts';
import {
  liveBody,
  liveCodeLength,
  readLiveCode,
  readPass,
  writeLiveCode,
  writePass,
} from '#shared/tickets/live-code.ts';
import { readCode } from '#shared/tickets/verify.ts';

const exactly = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const header = fc.record({
  keyId: fc.integer({ min: 0, max: 0xff }),
  eventNumber: fc.integer({ min: 0, max: 0xff_ff_ff_ff }),
  ticket: exactly(8),
  generation: fc.integer({ min: 0, max: 0xff_ff }),
});
const pass = fc.record({
  headerBytes: header.map((h) => encodeHeader('live', h)),
  sealedGrants: exactly(8),
  holderKey: exactly(33),
  signature: exactly(64),
});
const step = fc.integer({ min: 0, max: 0xff_ff_ff_ff });
const modulesOf = (version: number) => 17 + 4 * version;

describe('a live ticket code', () => {
  it('gives back everything that was written', () => {
    fc.assert(
      fc.property(pass, step, exactly(64), (given, at, holderSignature) => {
        const read = readLiveCode(writeLiveCode(liveBody(given, at), holderSignature));
        expect(read).toMatchObject({ form: 'live', ...given, step: at, holderSignature });
        expect(read?.body).toEqual(liveBody(given, at));
      }),
    );
  });

  it('is 303 characters, and a QR code of version 10-M holds it, for the longest ids there are', () => {
    const longest = {
      keyId: 0xff,
      eventNumber: 0xff_ff_ff_ff,
      ticket: new Uint8Array(8).fill(0xff),
      generation: 0xff_ff,
    };
    const filled = (length: number) => new Uint8Array(length).fill(0xff);
    const given = {
      headerBytes: encodeHeader('live', longest),
      sealedGrants: filled(8),
      holderKey: filled(33),
      signature: filled(64),
    };
    const code = writeLiveCode(liveBody(given, 0xff_ff_ff_ff), filled(64));
    expect(code).toHaveLength(303);
    expect(liveCodeLength).toBe(303);
    const modules = encodeQR(code, 'raw', { ecc: 'medium', encoding: 'alphanumeric', border: 1 });
    expect(modules.length - 2).toBeLessThanOrEqual(modulesOf(10));
  });

  it('is refused at every other length, and with another first byte', () => {
    fc.assert(
      fc.property(pass, step, exactly(64), fc.nat(302), (given, at, signature, length) => {
        const code = writeLiveCode(liveBody(given, at), signature);
        expect(readLiveCode(code.slice(0, length))).toBeUndefined();
        expect(readLiveCode(`${code}0`)).toBeUndefined();
        expect(readLiveCode(`1${code.slice(1)}`)).toBeUndefined();
      }),
    );
  });

  it('is told from a printed one by its first byte and length alone; everything else is neither', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 80, maxLength: 200 }), fc.constantFrom(0x11, 0x21), (bytes, first) => {
        bytes[0] = first;
        const form = readCode(encodeBase32(bytes))?.form;
        const isPrinted = first === 0x11 && bytes.length === 88;
        const isLive = first === 0x21 && bytes.length === 189;
        expect(form).toBe(isPrinted ? 'printed' : isLive ? 'live' : undefined);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('what a device keeps of it', () => {
  it('reads back from its bytes', () => {
    fc.assert(
      fc.property(pass, (given) => {
        expect(readPass(writePass(given))).toEqual(given);
      }),
    );
  });

  it('is nothing when cut, extended or of another form', () => {
    fc.assert(
      fc.property(pass, (given) => {
        const bytes = writePass(given);
        expect(readPass(bytes.subarray(1))).toBeUndefined();
        expect(readPass(Uint8Array.of(...bytes, 0))).toBeUndefined();
        expect(readPass(Uint8Array.of(0x11, ...bytes.subarray(1)))).toBeUndefined();
      }),
    );
  });
});
