import { deriveSigningPair } from './ed25519.ts';

export type ManifestSigner = {
  readonly sign: (eventNumber: number, message: Uint8Array) => Promise<Uint8Array>;
  /** What a scanner is given when it is enrolled, and checks every manifest of the event against. */
  readonly publicKey: (eventNumber: number) => Promise<Uint8Array>;
};

/** Signs gates' manifests, with a key of each event that signs nothing else. */
export function manifestSigner(masterKey: Uint8Array): ManifestSigner {
  const pairOf = (eventNumber: number) => deriveSigningPair(masterKey, `manifest/1/${eventNumber}`);
  return {
    async sign(eventNumber, message) {
      const { privateKey } = await pairOf(eventNumber);
      return new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, message));
    },
    publicKey: async (eventNumber) => (await pairOf(eventNumber)).publicBytes,
  };
}
