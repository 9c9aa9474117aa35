import { describe, expect, it } from 'vitest';
import { issuerVerifier } from '#workers/ui/client/issuer-verifier.ts';
import { caseCounts, judgeEd25519, judgeP256, withWebCrypto } from '#test/support/wycheproof.ts';

describe('Wycheproof in Node', () => {
  it('Ed25519: every signature is judged as it should be', async () => {
    const judged = await judgeEd25519(withWebCrypto(crypto.subtle));
    expect(judged).toHaveLength(caseCounts.ed25519);
    expect(judged.filter(({ isRight }) => !isRight)).toEqual([]);
  });

  it('Ed25519 where WebCrypto has none: every signature is judged as it should be', async () => {
    const none = { ...crypto.subtle, importKey: () => Promise.reject(new Error('NotSupportedError')) };
    const judged = await judgeEd25519(async (key, message, signature) => {
      const verify = await issuerVerifier(key, none as unknown as SubtleCrypto);
      return (await verify?.(message, signature)) === true;
    });
    expect(judged).toHaveLength(caseCounts.ed25519);
    expect(judged.filter(({ isRight }) => !isRight)).toEqual([]);
  });

  it('P-256: every signature is judged as it should be', async () => {
    const judged = await judgeP256(crypto.subtle);
    expect(judged).toHaveLength(caseCounts.p256);
    expect(judged.filter(({ isRight }) => !isRight)).toEqual([]);
  });
});
