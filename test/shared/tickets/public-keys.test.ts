import { Point } from '@noble/ed25519';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compressPoint } from '#shared/access/device-proof.ts';
import { decompressPoint, isSafeEd25519Key } from '#shared/tickets/public-keys.ts';
import { importIssuerKey } from '#shared/tickets/web-crypto.ts';
import { fromHex } from '#test/support/wycheproof.ts';

/** Every spelling of a point of small order, canonical and not, with either sign bit. */
const smallOrder = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
].flatMap((hex) => {
  const signed = fromHex(hex);
  signed[31]! |= 0x80;
  return [fromHex(hex), signed];
});
const random = fc.uint8Array({ minLength: 32, maxLength: 32 });
const parsed = (bytes: Uint8Array) => {
  try {
    return Point.fromBytes(bytes, false);
  } catch {
    return undefined;
  }
};

describe('an issuer’s public key', () => {
  it.each(smallOrder.map((bytes) => [Buffer.from(bytes).toString('hex'), bytes] as const))(
    'of small order is refused: %s',
    async (_hex, bytes) => {
      expect(isSafeEd25519Key(bytes)).toBe(false);
      expect(await importIssuerKey(crypto.subtle, bytes)).toBeUndefined();
    },
  );

  it('is taken when it is a real one', async () => {
    const { publicKey } = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
    const bytes = new Uint8Array((await crypto.subtle.exportKey('raw', publicKey)) as ArrayBuffer);
    expect(await importIssuerKey(crypto.subtle, bytes)).toBeDefined();
  });

  it('of another length is refused', () => {
    for (const length of [0, 31, 33, 64]) expect(isSafeEd25519Key(new Uint8Array(length).fill(9))).toBe(false);
  });

  it('is judged as another library judges it', () => {
    fc.assert(
      fc.property(random, (bytes) => {
        const point = parsed(bytes);
        fc.pre(point !== undefined);
        expect(isSafeEd25519Key(bytes)).toBe(!point.isSmallOrder());
      }),
    );
  });
});

describe('a holder’s compressed point', () => {
  it('is decompressed as WebCrypto spells it', async () => {
    for (let round = 0; round < 20; round += 1) {
      const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
      const { publicKey } = (await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair;
      const raw = new Uint8Array((await crypto.subtle.exportKey('raw', publicKey)) as ArrayBuffer);
      expect(decompressPoint(compressPoint(raw))).toEqual(raw);
    }
  });

  const generator = fromHex('036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296');
  it.each<[string, Uint8Array]>([
    ['of another length', generator.subarray(0, 32)],
    ['uncompressed', decompressPoint(generator)!],
    ['with an unknown sign', Uint8Array.of(4, ...generator.subarray(1))],
    ['whose x is the field’s prime', fromHex('02ffffffff00000001000000000000000000000000ffffffffffffffffffffffff')],
    ['whose x is on no point', fromHex('020000000000000000000000000000000000000000000000000000000000000001')],
    ['at infinity', Uint8Array.of(0)],
  ])('%s is refused', (_what, bytes) => expect(decompressPoint(bytes)).toBeUndefined());

  it('is taken exactly when the runtime takes it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(2, 3), random, async (sign, x) => {
        const point = Uint8Array.of(sign, ...x);
        const importing = crypto.subtle.importKey('raw', point, { name: 'ECDSA', namedCurve: 'P-256' }, false, [
          'verify',
        ]);
        const isTaken = await importing.then(
          () => true,
          () => false,
        );
        expect(decompressPoint(point) !== undefined).toBe(isTaken);
      }),
      { numRuns: 60 },
    );
  });
});
