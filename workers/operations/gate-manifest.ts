import { listEvents } from '#d1/queries/catalogue.ts';
import { buildManifest, signManifest, type SignedManifest } from '#shared/gate/manifest.ts';
import { ok, type Result } from '#shared/result.ts';
import { dayMs } from '#shared/time.ts';
import { keyStanding } from '#shared/tickets/key-ring.ts';
import { toBase64Url } from '#workers/keys/signed-token.ts';
import type { Services } from '#workers/services.ts';

const encoder = new TextEncoder();

/** What the event's manifests are verified with. A scanner keeps the first it is told, and takes no other. */
export async function manifestKey({ manifests }: Pick<Services, 'manifests'>, eventNumber: number): Promise<string> {
  return toBase64Url(await manifests.publicKey(eventNumber));
}

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

/** Events a scanner can name when somebody stands at the wrong one. */
const otherEventsMax = 200;
const pastMs = 30 * dayMs;

/** As it travels: the signed text, what time it is here, and what other events' tickets are for. */
export async function manifestForScanner(services: Services, eventId: string) {
  const signed = await gateManifest(services, eventId);
  if (!signed.ok) return signed;
  const { text, signature } = signed.value;
  const otherEvents = await titlesBeside(services, eventId);
  return ok({ text, signature: toBase64Url(signature), nowMs: services.clock(), otherEvents });
}

/** Number and title of other events, which anybody may read. While the database is silent a scanner goes without. */
async function titlesBeside({ db, clock }: Services, eventId: string): Promise<(readonly [number, string])[]> {
  try {
    const rows = await listEvents(db);
    return rows
      .filter(({ event }) => event.id !== eventId && event.endsAtMs > clock() - pastMs)
      .slice(0, otherEventsMax)
      .map(({ event: { number, title } }) => [number, title] as const);
  } catch (error) {
    console.error('catalogue did not answer', error);
    return [];
  }
}
