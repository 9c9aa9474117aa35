import type { Attempt } from '#shared/admission/admit.ts';
import type { TicketFacts } from '#shared/admission/uses.ts';
import type { EventRules, TicketType } from '#shared/inventory/rules.ts';
import { dayMs, hourMs, type EpochMs } from '#shared/time.ts';

/** Noon in London on the first day of the expo that tests tell their stories about. */
export const noon: EpochMs = Date.UTC(2026, 10, 28, 12);

/** A ticket on sale, good today in the hall, that admits one person once. */
export function ticketType(overrides: Partial<TicketType> = {}, now: EpochMs = noon): TicketType {
  return {
    id: 'day',
    name: 'Day ticket',
    summary: 'One day in the hall.',
    perks: [],
    category: 'free',
    priceMinor: 0,
    tier: 1,
    accessLevel: 'Visitor',
    zones: ['hall'],
    capacity: 100,
    pools: [],
    sale: { from: now - dayMs, until: now + dayMs },
    perOrderMax: 50,
    perCustomerMax: 50,
    validity: { kind: 'windows', windows: [{ from: now - hourMs, until: now + 8 * hourMs }] },
    entry: { kind: 'single' },
    admits: 1,
    identity: 'none',
    code: 'printed',
    benefits: [],
    refund: { kind: 'none' },
    transferable: true,
    earnsPoints: 0,
    ...overrides,
  };
}

/** A document the inventory accepts: a hall with two gates, a gallery with one, a single type of ticket for the hall. */
export function eventRules(overrides: Partial<EventRules> = {}, now: EpochMs = noon): EventRules {
  return {
    eventId: 'evt_test',
    eventNumber: 7,
    businessId: 'biz_test',
    title: '247GBS Expo',
    timeZone: 'Europe/London',
    currency: 'GBP',
    status: 'scheduled',
    startsAt: now - hourMs,
    endsAt: now + 8 * hourMs,
    pools: [],
    zones: [
      { id: 'hall', name: 'Hall', bit: 0 },
      { id: 'gallery', name: 'Gallery', bit: 1 },
    ],
    gates: [
      { id: 'north', name: 'North gate', zones: ['hall'] },
      { id: 'south', name: 'South gate', zones: ['hall'] },
      { id: 'stairs', name: 'Gallery stairs', zones: ['gallery'] },
    ],
    ticketTypes: [ticketType({}, now)],
    holdMinutes: { card: 10, mobileMoney: 15, bankTransfer: 60 },
    ...overrides,
  };
}

/** A ticket of type `day` that nobody has used. */
export function ticketFacts(overrides: Partial<TicketFacts> = {}): TicketFacts {
  return {
    ticketId: 'tkt_0000000000000',
    typeId: 'day',
    status: 'active',
    generation: 1,
    uses: {},
    entries: 0,
    firstEntryAtMs: undefined,
    lastEntry: undefined,
    redeemed: {},
    ...overrides,
  };
}

/** Somebody on their way in, into zones that are empty. */
export function attempt(overrides: Partial<Attempt> = {}): Attempt {
  return { now: noon, direction: 'in', identity: 'none', occupancy: () => 0, mainIsIn: () => true, ...overrides };
}
