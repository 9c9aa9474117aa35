import { compressPoint } from '#shared/access/device-proof.ts';
import { holderChecks, importIssuerKey, verifyIssued, type Subtle } from '#shared/tickets/web-crypto.ts';
import ecdsa from '#test/vectors/ecdsa_secp256r1_sha256_p1363_test.json' with { type: 'json' };
import ed25519 from '#test/vectors/ed25519_test.json' with { type: 'json' };

export const caseCounts = { ed25519: ed25519.numberOfTests, p256: ecdsa.numberOfTests };

/** How one signature of Project Wycheproof was judged by the code that judges tickets. */
export type Judged = { readonly tcId: number; readonly comment: string; readonly isRight: boolean };

export const fromHex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

type VerifyIssued = (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => Promise<boolean>;

/** As an issuer's signature is verified. */
export function judgeEd25519(verify: VerifyIssued): Promise<Judged[]> {
  const cases = ed25519.testGroups.flatMap(({ publicKey, tests }) =>
    tests.map((test) => ({ ...test, key: publicKey.pk })),
  );
  return Promise.all(
    cases.map(async ({ tcId, comment, result, key, msg, sig }) => {
      const isGood = await verify(fromHex(key), fromHex(msg), fromHex(sig));
      return { tcId, comment, isRight: isGood === (result === 'valid') };
    }),
  );
}

export function withWebCrypto<Key>(subtle: Subtle<Key>): VerifyIssued {
  return async (bytes, message, signature) => {
    const key = await importIssuerKey(subtle, bytes);
    return key !== undefined && verifyIssued(subtle, key, message, signature);
  };
}

/** As a holder's signature is verified. */
export function judgeP256<Key>(subtle: Subtle<Key>): Promise<Judged[]> {
  const isHeld = holderChecks(subtle);
  const cases = ecdsa.testGroups.flatMap(({ publicKey, tests }) =>
    tests.map((test) => ({ ...test, key: compressPoint(fromHex(publicKey.uncompressed)) })),
  );
  return Promise.all(
    cases.map(async ({ tcId, comment, result, key, msg, sig }) => {
      const isGood = await isHeld(key, fromHex(msg), fromHex(sig));
      return { tcId, comment, isRight: isGood === (result === 'valid') };
    }),
  );
}
