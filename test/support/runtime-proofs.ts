import { misjudged } from './judge-codes.ts';
import { caseCounts, judgeEd25519, judgeP256, withWebCrypto } from './wycheproof.ts';

/** What a runtime has to show: every vector judged as it should be, by the code that judges tickets. */
export async function proveRuntime(subtle: SubtleCrypto = crypto.subtle) {
  const [ed25519, p256] = await Promise.all([judgeEd25519(withWebCrypto(subtle)), judgeP256(subtle)]);
  return {
    cases: { ed25519: ed25519.length, p256: p256.length },
    expected: caseCounts,
    wrong: [...ed25519, ...p256].filter(({ isRight }) => !isRight),
    misjudged: await misjudged(subtle),
  };
}
