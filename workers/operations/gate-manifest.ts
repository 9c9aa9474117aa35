import { buildManifest, signManifest, type SignedManifest } from '#shared/gate/manifest.ts';
import { ok, type Result } from '#shared/result.ts';
import { keyStanding } from '#shared/tickets/key-ring.ts';
import { toBase64Url } from '#workers/keys/signed-token.ts';
import type { Services } from '#workers/services.ts';

const encoder = new TextEncoder();

/** What a scanner of the event keeps for the time without network. For enrolled scanners only: it opens C. */
export async function gateManifest(
  services: Pick<Services, 'inventory' | 'tickets' | 'manifests'>,
  eventId: string,
): Promise<Result<SignedManifest>> {
  const facts = await services.inventory(eventId).manifest();
  if (!facts.ok) return facts;
  const { rules, ring, nowMs } = facts.value;
  const { eventNumber } = rules;
  const live = ring.map(({ keyId }) => keyId).filter((keyId) => keyStanding(ring, keyId, nowMs) === 'live');
  const keys = (await services.tickets.gateKeys(eventNumber, live)).map(({ keyId, publicKey, gateKey }) => ({
    keyId,
    publicKey: toBase64Url(publicKey),
    gateKey: toBase64Url(gateKey),
  }));
  const sign = (message: Uint8Array) => services.manifests.sign(eventNumber, message);
  return ok(await signManifest(buildManifest(facts.value, keys), { sign, utf8: (text) => encoder.encode(text) }));
}
