import { describe, expect, it } from 'vitest';
import { caseCounts, judgeEd25519, judgeP256, withWebCrypto } from '#test/support/wycheproof.ts';

describe('Wycheproof in workerd', () => {
  it('Ed25519: every signature is judged as it should be', async () => {
    const judged = await judgeEd25519(withWebCrypto(crypto.subtle));
    expect(judged).toHaveLength(caseCounts.ed25519);
    expect(judged.filter(({ isRight }) => !isRight)).toEqual([]);
  });

  it('P-256: every signature is judged as it should be', async () => {
    const judged = await judgeP256(crypto.subtle);
    expect(judged).toHaveLength(caseCounts.p256);
    expect(judged.filter(({ isRight }) => !isRight)).toEqual([]);
  });
});
