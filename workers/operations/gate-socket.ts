import * as v from 'valibot';
import { readToken, signToken } from '#workers/keys/signed-token.ts';
import { pathTo } from '#workers/routes.ts';
import type { Services } from '#workers/services.ts';

const purpose = 'gate-socket';
const addressSchema = v.object({ eventId: v.string() });

/**
 * Where a scanner of an event opens its socket. Signed, so that nobody can wake objects of events that do not exist; no
 * secret, since the scanner proves who it is with its key. Reading it asks no database: a gate must open its socket while
 * D1 is away.
 */
export async function gateSocketPath(services: Services, eventId: string): Promise<string> {
  return pathTo('gateSocket', { address: await signToken(services.settings.masterKey, purpose, { eventId }) });
}

/** Hands a scanner's socket to its event's inventory. */
export async function openGateSocket(services: Services, address: string, request: Request): Promise<Response> {
  const named = await readToken(services.settings.masterKey, purpose, addressSchema, address);
  if (named === undefined) return new Response('No such gate', { status: 404 });
  return services.inventory(named.eventId).fetch(request);
}
