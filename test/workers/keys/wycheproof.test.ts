import { describe, expect, it } from 'vitest';
import vectors from '#test/vectors/ed25519_test.json' with { type: 'json' };

const fromHex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** As ticket codes are checked: a raw public key, WebCrypto's Ed25519; what cannot be imported verifies nothing. */
async function verifies(publicKey: Uint8Array, signature: Uint8Array, message: Uint8Array): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', key, signature, message);
  } catch {
    return false;
  }
}

describe('Wycheproof: Ed25519 in this runtime', () => {
  const cases = vectors.testGroups.flatMap(({ publicKey, tests }) =>
    tests.map((test) => ({ ...test, pk: publicKey.pk })),
  );

  it('has all of its cases', () => expect(cases).toHaveLength(vectors.numberOfTests));

  it.each(cases)('$tcId is $result: $comment', async ({ pk, sig, msg, result }) => {
    expect(await verifies(fromHex(pk), fromHex(sig), fromHex(msg))).toBe(result === 'valid');
  });
});
