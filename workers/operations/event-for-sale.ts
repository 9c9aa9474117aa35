import { findEvent, type BusinessRow, type EventRow } from '#d1/queries/catalogue.ts';
import type { EventRules } from '#shared/inventory/rules.ts';
import type { Services } from '#workers/services.ts';
import { keptInMemory } from './kept.ts';

export type EventForSale = {
  readonly event: EventRow;
  readonly business: BusinessRow;
  readonly rules: EventRules;
  readonly rulesVersion: number;
};

const kept = keptInMemory<EventForSale>();

/** An event by its slug, with the rules in force. */
export function eventForSale(services: Services, slug: string) {
  return kept(services, `slug/${slug}`, () => read(services, { slug }));
}

export function eventForSaleById(services: Services, eventId: string) {
  return kept(services, `id/${eventId}`, () => read(services, { eventId }));
}

async function read({ db }: Services, which: Parameters<typeof findEvent>[1]): Promise<EventForSale | undefined> {
  const row = await findEvent(db, which);
  if (row === undefined) return undefined;
  const { event, business, version } = row;
  return { event, business, rules: JSON.parse(row.document) as EventRules, rulesVersion: version };
}
