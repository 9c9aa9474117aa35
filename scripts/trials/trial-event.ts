import type { Miniflare } from 'miniflare';
import { database } from '#d1/database.ts';
import { events } from '#d1/schema/index.ts';
import { type EventInventoryNamespace, inventoryOf } from '#objects/event-inventory/client.ts';
import { openDays } from '#scripts/seed/content/events/open-days/index.ts';
import { ticketType } from '#scripts/seed/content/shapes.ts';
import { dayMs } from '#shared/time.ts';
import { publishRules } from '#workers/operations/publish-rules.ts';

export type TrialEvent = {
  readonly eventId: string;
  readonly slug: string;
  readonly number: number;
  /** Tickets for one admission each, valid now: how many of each id. */
  readonly capacities: Readonly<Record<string, number>>;
  /** Of those that are not free. */
  readonly pricesMinor?: Readonly<Record<string, number>>;
};

export const ticketsPerOrder = 50;

/** An event of its own beside the seeded ones, on sale and open now. */
export async function openTrialEvent(mf: Miniflare, trial: TrialEvent) {
  const { eventId, slug, number, capacities, pricesMinor = {} } = trial;
  const namespace = (await mf.getDurableObjectNamespace('EVENT_INVENTORY')) as unknown as EventInventoryNamespace;
  const inventory = inventoryOf(namespace, eventId);
  const now = Date.now();
  const { event, rules } = openDays(Math.floor(now / dayMs) * dayMs);
  const window = { from: now - dayMs, until: now + dayMs };
  const ticketTypes = Object.entries(capacities).map(([id, capacity]) =>
    ticketType({
      id,
      name: `Trial ${id}`,
      summary: 'One of many.',
      category: pricesMinor[id] === undefined ? 'free' : 'paid',
      priceMinor: pricesMinor[id] ?? 0,
      accessLevel: 'Neighbour',
      zones: ['yard'],
      capacity,
      perOrderMax: ticketsPerOrder,
      perCustomerMax: 1_000,
      sale: window,
      validity: { kind: 'windows', windows: [window] },
    }),
  );
  const db = database(await mf.getD1Database('DB'));
  await db.insert(events).values({ ...event, id: eventId, number, slug });
  // Nobody leaves during a trial: a zone that may be full would refuse what is to be measured.
  const zones = rules.zones.map(({ id, name, bit }) => ({ id, name, bit }));
  const document = { ...rules, eventId, eventNumber: number, ticketTypes, zones };
  const published = await publishRules(db, inventory, { eventId, document, nowMs: now });
  if (!published.ok) throw new Error(`The trial's rules were refused: ${published.failure.code}`);
  return inventory;
}
