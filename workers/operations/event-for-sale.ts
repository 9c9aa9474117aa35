import { findEvent, type BusinessRow, type EventRow } from '#d1/queries/catalogue.ts';
import type { EventRules } from '#shared/inventory/rules.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { secondMs } from '#shared/time.ts';
import type { Services } from '#workers/services.ts';

export type EventForSale = {
  readonly event: EventRow;
  readonly business: BusinessRow;
  readonly rules: EventRules;
  readonly rulesVersion: number;
};

type Kept = { readonly found: EventForSale; readonly atMs: number };

const freshMs = 10 * secondMs;
const keptEvents = 200;
const kept = new WeakMap<Services, Map<string, Kept>>();

/**
 * An event by its slug, with the rules in force. Kept in memory for seconds, and for longer when the database does not
 * answer: the inventory has the last word on every sale, so a copy that is a little old can mislead nobody for long.
 */
export async function eventForSale(
  services: Services,
  slug: string,
): Promise<Result<EventForSale, 'not_found' | 'temporarily_unavailable'>> {
  const memory = kept.get(services) ?? new Map<string, Kept>();
  kept.set(services, memory);
  const known = memory.get(slug);
  const now = services.clock();
  if (known !== undefined && now - known.atMs < freshMs) return ok(known.found);
  let row: Awaited<ReturnType<typeof findEvent>>;
  try {
    row = await findEvent(services.db, slug);
  } catch (error) {
    console.error('catalogue did not answer', error);
    return known === undefined ? fail('temporarily_unavailable') : ok(known.found);
  }
  if (row === undefined) {
    memory.delete(slug);
    return fail('not_found');
  }
  const { event, business, version } = row;
  const found = { event, business, rules: JSON.parse(row.document) as EventRules, rulesVersion: version };
  if (memory.size >= keptEvents) memory.clear();
  memory.set(slug, { found, atMs: now });
  return ok(found);
}
