import { describe, expect, it } from 'vitest';
import { compressPoint, deviceProofText, publicKeyShape } from '#shared/access/device-proof.ts';

const base64Url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

describe('a scanner’s key', () => {
  it('is kept as x and the sign of y (SEC 1, 2.3.3)', () => {
    const x = Uint8Array.from({ length: 32 }, (_, index) => index);
    const even = Uint8Array.of(4, ...x, ...new Uint8Array(32));
    const odd = Uint8Array.of(4, ...x, ...new Uint8Array(31), 1);
    expect(compressPoint(even)).toEqual(Uint8Array.of(2, ...x));
    expect(compressPoint(odd)).toEqual(Uint8Array.of(3, ...x));
  });

  it('has one shape, whatever its x', () => {
    for (const [sign, fill] of [
      [2, 0],
      [2, 255],
      [3, 0],
      [3, 255],
    ] as const) {
      expect(base64Url(Uint8Array.of(sign, ...new Uint8Array(32).fill(fill)))).toMatch(publicKeyShape);
    }
    expect(base64Url(Uint8Array.of(4, ...new Uint8Array(32)))).not.toMatch(publicKeyShape);
    expect(base64Url(Uint8Array.of(2, ...new Uint8Array(31)))).not.toMatch(publicKeyShape);
  });

  it('signs another text for enrolling than for renewing', () => {
    expect(deviceProofText('enrol', 'n')).not.toBe(deviceProofText('renew', 'n'));
  });
});
