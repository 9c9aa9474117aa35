import * as v from 'valibot';
import { currencies } from '../money/money.ts';

/**
 * An event's rules: one immutable, numbered document that says what is sold, to whom, and what each ticket opens.
 * Organisers propose a version; it is in force once the event's inventory accepts it. Instants are epoch milliseconds.
 */

const slug = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,39}$/));
const words = (max: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max));
const instant = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const count = (max: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(max));
const positive = (max: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(max));
const degrees = (max: number) => v.pipe(v.number(), v.minValue(-max), v.maxValue(max));
const window = v.pipe(
  v.object({ from: instant, until: instant }),
  v.check(({ from, until }) => from < until, 'A window ends after it begins.'),
);

/** Largest stock a type or pool may state: far beyond any venue, small enough that sums stay exact. */
export const maxCapacity = 1_000_000;

/** When a ticket opens a gate. Several windows serve tickets that are good on some days only. */
export const validitySchema = v.variant('kind', [
  v.object({ kind: v.literal('windows'), windows: v.pipe(v.array(window), v.minLength(1), v.maxLength(60)) }),
  /** Good for `minutes` after the first entry, and never outside the window. */
  v.object({ kind: v.literal('after_first_entry'), window, minutes: positive(60 * 24 * 30) }),
]);

export const entrySchema = v.variant('kind', [
  v.object({ kind: v.literal('single') }),
  /** Out and in again any number of times, one person inside at a time. */
  v.object({ kind: v.literal('reentry') }),
  v.object({ kind: v.literal('count'), entries: positive(1_000) }),
  /** Once each local day. */
  v.object({ kind: v.literal('daily') }),
]);

export const benefitSchema = v.object({
  id: slug,
  name: words(120),
  kind: v.picklist(['product', 'digital', 'service_credit', 'coupon', 'cashback']),
  /** How often one ticket may redeem it. */
  quantity: positive(100),
  redeemAt: v.picklist(['counter', 'delivery', 'download', 'wallet', 'pos']),
  /** Gates and counters that hand it out; any of them, when absent. */
  at: v.optional(v.pipe(v.array(slug), v.minLength(1), v.maxLength(20))),
  productId: v.optional(v.string()),
});

export const refundSchema = v.variant('kind', [
  v.object({ kind: v.literal('none') }),
  v.object({ kind: v.literal('until'), until: instant, feePercent: count(100) }),
]);

export const ticketCategories = ['free', 'paid', 'discounted', 'reward', 'referral', 'pass'] as const;

export const ticketTypeSchema = v.object({
  id: slug,
  name: words(80),
  summary: words(240),
  /** What the holder gets, a short line each, in the organiser's words. */
  perks: v.pipe(v.array(words(120)), v.maxLength(12)),
  category: v.picklist(ticketCategories),
  priceMinor: count(100_000_000),
  /** The price before a discount, shown struck through. */
  compareAtMinor: v.optional(positive(100_000_000)),
  /** Access level: its number travels sealed in the ticket code, its name is for people. */
  tier: count(255),
  accessLevel: words(40),
  zones: v.pipe(v.array(slug), v.minLength(1), v.maxLength(16)),
  capacity: count(maxCapacity),
  pools: v.pipe(v.array(slug), v.maxLength(8)),
  sale: window,
  perOrderMax: positive(50),
  perCustomerMax: positive(1_000),
  validity: validitySchema,
  entry: entrySchema,
  /** People one ticket admits: more than one for group tickets, admitted one by one. */
  admits: positive(100),
  /** Comes with a ticket of another type in the same order, and is let in once somebody of that ticket is. */
  companionOf: v.optional(slug),
  identity: v.picklist(['none', 'name_check', 'verified_holder']),
  code: v.picklist(['printed', 'live_only', 'live_for_reentry']),
  /** From when the code may be shown: against resale. At once, when absent. */
  codeFrom: v.optional(instant),
  benefits: v.pipe(v.array(benefitSchema), v.maxLength(16)),
  refund: refundSchema,
  transferable: v.boolean(),
  /** Loyalty points the holder earns on first entry. */
  earnsPoints: count(1_000_000),
});

/** Where tickets are checked. A counter hands out benefits and lets nobody in. */
export const gateSchema = v.object({
  id: slug,
  name: words(80),
  kind: v.optional(v.picklist(['gate', 'counter'])),
  zones: v.pipe(v.array(slug), v.minLength(1), v.maxLength(16)),
  /** Degrees, WGS 84. */
  location: v.optional(v.object({ latitude: degrees(90), longitude: degrees(180) })),
});

/** What scanners do when the event does not answer, or cannot be reached. */
export const gatePolicySchema = v.object({
  /** Then a scanner decides by its manifest, and tells the steward should the event disagree later. */
  answerWithinMs: v.pipe(v.number(), v.safeInteger(), v.minValue(100), v.maxValue(10_000)),
  /** People one scanner may let in by a manifest that is over; 0: nobody. */
  staleAdmissions: count(100_000),
  /**
   * While a gate cannot reach the event. `accept`: it lets good tickets in, and what two such gates both let in is found when
   * they are back. `home_gate`: each ticket belongs to one gate then, and the others send it there; only lanes of one gate can
   * overlap. `accept`, when absent.
   */
  alone: v.optional(v.picklist(['accept', 'home_gate'])),
});

/** What an event that moves to other dates promises whoever had bought before: their money back, if they say so in time. */
const postponementSchema = v.object({
  decidedAt: instant,
  previousStartsAt: instant,
  previousEndsAt: instant,
  refundUntil: instant,
});

export const eventRulesSchema = v.object({
  eventId: v.string(),
  /** Four clear bytes in every ticket code: tells "another event's ticket" from "no ticket". */
  eventNumber: positive(0xff_ff_ff_ff),
  businessId: v.string(),
  title: words(120),
  timeZone: words(60),
  currency: v.picklist(currencies),
  status: v.picklist(['scheduled', 'postponed', 'cancelled']),
  startsAt: instant,
  endsAt: instant,
  postponement: v.optional(postponementSchema),
  /** Stock shared by several types: a hall, a gallery, a coach. */
  pools: v.pipe(v.array(v.object({ id: slug, name: words(80), capacity: count(maxCapacity) })), v.maxLength(40)),
  /** `bit` is the zone's place in the access bits of a ticket code. */
  zones: v.pipe(
    v.array(v.object({ id: slug, name: words(80), bit: count(15), occupancyLimit: v.optional(positive(maxCapacity)) })),
    v.minLength(1),
    v.maxLength(16),
  ),
  gates: v.pipe(v.array(gateSchema), v.minLength(1), v.maxLength(100)),
  gatePolicy: v.optional(gatePolicySchema),
  ticketTypes: v.pipe(v.array(ticketTypeSchema), v.minLength(1), v.maxLength(60)),
  /** Charged on each ticket that costs something, and shown apart from its price. */
  bookingFee: v.optional(v.object({ fixedMinor: count(1_000_000), basisPoints: count(5_000) })),
  /** One rate for tickets and fee; `included` prices contain it, `added` prices do not. */
  tax: v.optional(v.object({ name: words(20), basisPoints: count(5_000), mode: v.picklist(['included', 'added']) })),
  /** How long stock waits for each way of paying. */
  holdMinutes: v.object({ card: positive(60), mobileMoney: positive(120), bankTransfer: positive(60 * 24 * 7) }),
});

export type EventRules = v.InferOutput<typeof eventRulesSchema>;
export type TicketType = EventRules['ticketTypes'][number];
export type Validity = TicketType['validity'];
export type Postponement = NonNullable<EventRules['postponement']>;
export type Gate = EventRules['gates'][number];

/** Types that are not for everybody: a hold of one needs an entitlement to it. */
export function needsEntitlement(type: TicketType): boolean {
  if (type.category === 'reward' || type.category === 'referral') return true;
  // A pass is bought like any ticket; an entry that a pass pays for costs nothing here.
  return type.category === 'pass' && type.priceMinor === 0;
}

export function ticketTypeOf(rules: EventRules, typeId: string): TicketType | undefined {
  return rules.ticketTypes.find((type) => type.id === typeId);
}
