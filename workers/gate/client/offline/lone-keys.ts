import type { GateManifest } from '#shared/gate/manifest.ts';
import type { CodeChecks, OpenGrants } from '#shared/tickets/verify.ts';
import { holderChecks, importGateKey, importIssuerKey, sealOrOpen, verifyIssued } from '#shared/tickets/web-crypto.ts';
import { bytesOf } from './bytes.ts';

/** A manifest's keys, imported once: what a code is verified and opened with. */
export type LoneKeys = { readonly checks: CodeChecks; readonly open: OpenGrants };

const { subtle } = crypto;

export async function importKeys({ keys }: Pick<GateManifest, 'keys'>): Promise<LoneKeys> {
  const imported = await Promise.all(
    keys.map(async ({ keyId, publicKey, gateKey }) => {
      const issuer = await importIssuerKey(subtle, bytesOf(publicKey));
      return [keyId, { issuer, gate: await importGateKey(subtle, bytesOf(gateKey)) }] as const;
    }),
  );
  const byId = new Map(imported);
  return {
    checks: {
      async isIssued({ keyId }, message, signature) {
        const issuer = byId.get(keyId)?.issuer;
        return issuer !== undefined && verifyIssued(subtle, issuer, message, signature);
      },
      isHeld: holderChecks(subtle),
    },
    async open({ header, headerBytes, sealedGrants }) {
      const gate = byId.get(header.keyId)?.gate;
      return gate === undefined
        ? new Uint8Array(sealedGrants.length)
        : sealOrOpen(subtle, gate, headerBytes, sealedGrants);
    },
  };
}
