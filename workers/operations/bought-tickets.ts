import { ticketsOf } from '#d1/queries/wallet.ts';
import { customerIdOf } from '#workers/keys/pseudonym.ts';
import type { Services } from '#workers/services.ts';

/** Every ticket bought with an address; only for whoever proved to own it. */
export async function boughtTickets(services: Services, email: string) {
  return ticketsOf(services.db, await customerIdOf(services.settings.masterKey, email));
}
