import type { EventRules, TicketType } from '#shared/inventory/rules.ts';
import { dayMs, hourMs, minuteMs } from '#shared/time.ts';
import { ticketType } from '#test/support/rules.ts';

/**
 * Noon in Lagos (an hour ahead of UTC, the year round) on the event's first day. Years ahead of the real clock, so that the
 * runtime's own alarms never ring in the middle of a run.
 */
export const start = Date.UTC(2035, 5, 1, 11);

const sale = { from: start - dayMs, until: start + dayMs + 6 * hourMs };
const firstDay = { from: start - hourMs, until: start + 8 * hourMs };
const secondDay = { from: start + 23 * hourMs, until: start + 32 * hourMs };
const bothDays = { kind: 'windows' as const, windows: [firstDay, secondDay] };
const gift = { id: 'gift', name: 'Gift', kind: 'product' as const, quantity: 2, redeemAt: 'counter' as const };

function type(id: string, overrides: Partial<TicketType>): TicketType {
  const limits = { capacity: 5, perOrderMax: 3, perCustomerMax: 4 };
  return ticketType({ id, name: `Type ${id}`, sale, validity: bothDays, zones: ['hall'], ...limits, ...overrides });
}

/** A type of ticket for each thing a ticket can be, with so little of each that runs meet every limit. */
const types: TicketType[] = [
  type('day', { pools: ['floor'], capacity: 7, benefits: [gift] }),
  type('whole', { pools: ['floor'], zones: ['hall', 'gallery'], accessLevel: 'All areas' }),
  type('group', { pools: ['floor', 'annex'], admits: 3, perOrderMax: 2 }),
  type('again', { entry: { kind: 'reentry' }, zones: ['hall', 'gallery'] }),
  type('twice', { entry: { kind: 'count', entries: 2 }, zones: ['gallery'], admits: 2, pools: ['annex'] }),
  type('daily', {
    entry: { kind: 'daily' },
    validity: { kind: 'windows', windows: [{ ...firstDay, until: secondDay.until }] },
  }),
  type('timed', {
    entry: { kind: 'count', entries: 3 },
    validity: { kind: 'after_first_entry', window: firstDay, minutes: 90 },
  }),
  type('named', { identity: 'name_check', benefits: [{ ...gift, id: 'bag', quantity: 1, at: ['shop'] }] }),
  type('mate', { companionOf: 'named', perCustomerMax: 3 }),
  type('sealed', { identity: 'verified_holder', code: 'live_only', codeFrom: start + 2 * hourMs }),
  type('prize', { category: 'reward', capacity: 4, transferable: false }),
];

export const firstRules: EventRules = {
  eventId: 'evt_model',
  eventNumber: 41,
  businessId: 'biz_model',
  title: 'The whole event',
  timeZone: 'Africa/Lagos',
  currency: 'NGN',
  status: 'scheduled',
  startsAt: firstDay.from,
  endsAt: secondDay.until,
  pools: [
    { id: 'floor', name: 'Floor', capacity: 12 },
    { id: 'annex', name: 'Annex', capacity: 8 },
  ],
  zones: [
    { id: 'hall', name: 'Hall', bit: 0, occupancyLimit: 5 },
    { id: 'gallery', name: 'Gallery', bit: 1 },
  ],
  gates: [
    { id: 'north', name: 'North gate', zones: ['hall'] },
    { id: 'main', name: 'Main gate', zones: ['hall', 'gallery'] },
    { id: 'stairs', name: 'Stairs', zones: ['gallery'] },
    { id: 'shop', name: 'Shop', kind: 'counter', zones: ['hall'], location: { latitude: 6.5, longitude: 3.4 } },
  ],
  ticketTypes: types,
  holdMinutes: { card: 10, mobileMoney: 15, bankTransfer: 60 },
};

/** Edits an organiser makes while tickets are sold. Each makes a new document of the one in force. */
export const edits = {
  grow: (rules: EventRules) => withCapacity(rules, 2),
  shrink: (rules: EventRules) => withCapacity(rules, -2),
  shrinkPools: (rules: EventRules) => withPools(rules, -3),
  growPools: (rules: EventRules) => withPools(rules, 3),
  crowdHall: (rules: EventRules) => withHallLimit(rules, 3),
  easeHall: (rules: EventRules) => withHallLimit(rules, 8),
  cancel: (rules: EventRules) => ({ ...rules, status: 'cancelled' as const }),
  goOn: (rules: EventRules) => ({ ...rules, status: 'scheduled' as const }),
  smallerGroups: (rules: EventRules) =>
    withType(rules, 'group', (group) => ({ ...group, admits: group.admits === 3 ? 2 : 3 })),
  dropPrizes: (rules: EventRules) => ({ ...rules, ticketTypes: rules.ticketTypes.filter(({ id }) => id !== 'prize') }),
  restorePrizes: (rules: EventRules) => ({
    ...rules,
    ticketTypes: [...rules.ticketTypes.filter(({ id }) => id !== 'prize'), ...types.filter(({ id }) => id === 'prize')],
  }),
  shorterVisits: (rules: EventRules) =>
    withType(rules, 'twice', (twice) => ({ ...twice, entry: { kind: 'count' as const, entries: 2 } })),
  longerVisits: (rules: EventRules) =>
    withType(rules, 'twice', (twice) => ({ ...twice, entry: { kind: 'count' as const, entries: 3 } })),
};
export type Edit = keyof typeof edits;

export const holdMs = 10 * minuteMs;

function withType(rules: EventRules, id: string, change: (type: TicketType) => TicketType): EventRules {
  return { ...rules, ticketTypes: rules.ticketTypes.map((each) => (each.id === id ? change(each) : each)) };
}

function withCapacity(rules: EventRules, by: number): EventRules {
  return withType(rules, 'day', (day) => ({ ...day, capacity: Math.max(0, day.capacity + by) }));
}

function withPools(rules: EventRules, by: number): EventRules {
  return { ...rules, pools: rules.pools.map((pool) => ({ ...pool, capacity: Math.max(0, pool.capacity + by) })) };
}

function withHallLimit(rules: EventRules, occupancyLimit: number): EventRules {
  return { ...rules, zones: rules.zones.map((zone) => (zone.id === 'hall' ? { ...zone, occupancyLimit } : zone)) };
}
