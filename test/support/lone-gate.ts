import { openManifest, revokedIn, type GateManifest } from '#shared/gate/manifest.ts';
import type { LoneGate } from '#shared/gate/offline.ts';
import { holderChecks, importGateKey, importIssuerKey, sealOrOpen, verifyIssued } from '#shared/tickets/web-crypto.ts';
import { fromBase64Url } from '#workers/keys/signed-token.ts';
import { gateManifest } from '#workers/operations/gate-manifest.ts';
import { servicesOf } from '#workers/services.ts';
import { environment } from './environment.ts';

const services = servicesOf(environment);
const utf8 = (text: string) => new TextEncoder().encode(text);

/** A scanner that took everything it needs with it: it has public keys, gate keys, and no secret. */
export async function aloneWith(eventId: string, eventNumber: number) {
  const signed = await gateManifest(services, eventId);
  if (!signed.ok) throw new Error(signed.failure.code);
  const key = await importIssuerKey(crypto.subtle, await services.manifests.publicKey(eventNumber));
  const verify = (message: Uint8Array, signature: Uint8Array) => verifyIssued(crypto.subtle, key!, message, signature);
  const opened = await openManifest(signed.value, { now: Date.now(), heldSequence: 0 }, { verify, utf8 });
  if (opened.kind === 'bad') throw new Error(opened.why);
  return { manifest: opened.manifest, gate: await loneGate(opened.manifest), signed: signed.value, verify };
}

async function loneGate(manifest: GateManifest): Promise<LoneGate> {
  const { subtle } = crypto;
  const keys = await Promise.all(
    manifest.keys.map(async ({ keyId, publicKey, gateKey }) => ({
      keyId,
      publicKey: await importIssuerKey(subtle, fromBase64Url(publicKey)!),
      gateKey: await importGateKey(subtle, fromBase64Url(gateKey)!),
    })),
  );
  const keyOf = (id: number) => keys.find(({ keyId }) => keyId === id)!;
  return {
    manifest,
    revoked: revokedIn(manifest),
    gate: manifest.rules.gates[0]!,
    checks: {
      isIssued: ({ keyId }, message, signature) => verifyIssued(subtle, keyOf(keyId).publicKey!, message, signature),
      isHeld: holderChecks(subtle),
    },
    open: ({ header, headerBytes, sealedGrants }) =>
      sealOrOpen(subtle, keyOf(header.keyId).gateKey, headerBytes, sealedGrants),
    usedSoFar: () => undefined,
  };
}
