import * as v from 'valibot';
import type { HoldLine } from '../inventory/stock.ts';
import { ticketTypeOf, type EventRules, type TicketType } from '../inventory/rules.ts';
import { currencies } from '../money/money.ts';
import { fail, ok, type Result } from '../result.ts';
import { minuteMs, type EpochMs } from '../time.ts';

export const lineKinds = ['ticket', 'product', 'top_up'] as const;

/** One line with everything that is about money worked out, so that refunds and postings need no arithmetic of their own. */
const quotedLineSchema = v.object({
  /** Unique in the order: `l1`, `l2`, … */
  lineId: v.string(),
  kind: v.picklist(lineKinds),
  /** Ticket type, product, or `top_up`. */
  itemId: v.string(),
  name: v.string(),
  /** Empty unless it is a ticket. */
  accessLevel: v.string(),
  /** Lines of one bundle share it. */
  bundleId: v.optional(v.string()),
  quantity: v.number(),
  /** List price. */
  unitMinor: v.number(),
  /** Everything taken off this line: from nothing to unit × quantity. */
  discountMinor: v.number(),
  /** Its share of the booking fee. */
  feeMinor: v.number(),
  /** Contained in `totalMinor`, whether included or added. */
  taxMinor: v.number(),
  /** What the buyer pays for it: unit × quantity − discount + fee, and tax where tax is added. */
  totalMinor: v.number(),
});

const quotedSectionSchema = v.object({
  /** Whose stock: an event's, a business's own, or none. */
  kind: v.picklist(['event', 'shop', 'wallet']),
  /** Event id, business id, or nothing for a wallet. */
  inventoryId: v.string(),
  /** Who earns; nobody with a wallet. */
  businessId: v.string(),
  /** Whose tax it is. */
  countryCode: v.string(),
  rulesVersion: v.number(),
  lines: v.pipe(v.array(quotedLineSchema), v.readonly()),
  /** As the country calls it, such as VAT. */
  taxName: v.optional(v.string()),
});

const quotedDiscountSchema = v.object({
  promoId: v.string(),
  /** Whose promotion, and so whose cost. */
  businessId: v.string(),
  name: v.string(),
  amountMinor: v.number(),
  /** Its uses are limited: a place in the pool `promo:<id>` of the business's inventory is held for it. */
  isCounted: v.boolean(),
});

/**
 * A price promised: what the buyer pays and until when. It names the rules it was made from and is honoured until it
 * expires, even if prices change meanwhile. One currency a quote; a section for each inventory, those of events first, never
 * two of one inventory.
 */
export const quoteSchema = v.object({
  currency: v.picklist(currencies),
  sections: v.pipe(v.array(quotedSectionSchema), v.readonly()),
  discounts: v.pipe(v.array(quotedDiscountSchema), v.readonly()),
  /** Sums over all lines. */
  feeMinor: v.number(),
  taxMinor: v.number(),
  /** Where all sections call it alike. */
  taxName: v.optional(v.string()),
  totalMinor: v.number(),
  expiresAtMs: v.number(),
});

export type QuotedLine = Readonly<v.InferOutput<typeof quotedLineSchema>>;
export type QuotedSection = Readonly<v.InferOutput<typeof quotedSectionSchema>>;
export type QuotedDiscount = Readonly<v.InferOutput<typeof quotedDiscountSchema>>;
export type Quote = Readonly<v.InferOutput<typeof quoteSchema>>;

export type QuoteRefusal = 'quantity_invalid' | 'ticket_type_unknown' | 'order_limit_exceeded';

/** What is sold, by which version of its rules, and in which country. */
export type Offered = { readonly rules: EventRules; readonly rulesVersion: number; readonly countryCode: string };

const quoteTtlMs = 30 * minuteMs;
const basisPoints = 10_000;

/** Prices lines of one event: tickets, then the booking fee on those that cost something, then tax on both. */
export function quote(
  { rules, rulesVersion, countryCode }: Offered,
  wanted: readonly HoldLine[],
  now: EpochMs,
): Result<Quote, QuoteRefusal> {
  const types = wantedTypes(rules, wanted);
  if (!types.ok) return types;
  const lines = quoteLines(rules, types.value);
  const taxName = rules.tax?.name;
  const { eventId: inventoryId, businessId } = rules;
  return ok({
    currency: rules.currency,
    sections: [{ kind: 'event', inventoryId, businessId, countryCode, rulesVersion, lines, taxName }],
    discounts: [],
    feeMinor: sum(lines, ({ feeMinor }) => feeMinor),
    taxMinor: sum(lines, ({ taxMinor }) => taxMinor),
    taxName,
    totalMinor: sum(lines, ({ totalMinor }) => totalMinor),
    expiresAtMs: now + quoteTtlMs,
  });
}

type Wanted = { readonly type: TicketType; readonly quantity: number };

function wantedTypes(rules: EventRules, wanted: readonly HoldLine[]): Result<Wanted[], QuoteRefusal> {
  if (wanted.length === 0) return fail('quantity_invalid');
  const types: Wanted[] = [];
  for (const { typeId, quantity } of wanted) {
    const type = ticketTypeOf(rules, typeId);
    if (type === undefined) return fail('ticket_type_unknown');
    if (!Number.isSafeInteger(quantity) || quantity < 1) return fail('quantity_invalid');
    if (quantity > type.perOrderMax) return fail('order_limit_exceeded', { type: type.name, max: type.perOrderMax });
    types.push({ type, quantity });
  }
  return ok(types);
}

function quoteLines(rules: EventRules, wanted: readonly Wanted[]): QuotedLine[] {
  const isAdded = rules.tax?.mode === 'added';
  let taxedBefore = 0;
  return wanted.map(({ type, quantity }, index) => {
    const { id: itemId, name, accessLevel, priceMinor: unitMinor } = type;
    const feeMinor = feeOf(rules, unitMinor, quantity);
    const taxedMinor = unitMinor * quantity + feeMinor;
    // Rounded on the running sum, so that the lines' taxes add up to the tax on their sum.
    const taxMinor = taxOf(rules, taxedBefore + taxedMinor) - taxOf(rules, taxedBefore);
    taxedBefore += taxedMinor;
    const totalMinor = isAdded ? taxedMinor + taxMinor : taxedMinor;
    const what = { lineId: `l${index + 1}`, kind: 'ticket' as const, itemId, name, accessLevel, quantity };
    return { ...what, unitMinor, discountMinor: 0, feeMinor, taxMinor, totalMinor };
  });
}

/** Half a minor unit rounds up, once a ticket, so that a total never depends on how lines are grouped on a page. */
function feeOf(rules: EventRules, unitMinor: number, quantity: number): number {
  const fee = rules.bookingFee;
  if (fee === undefined || unitMinor === 0) return 0;
  return quantity * (fee.fixedMinor + divideRounding(unitMinor * fee.basisPoints, basisPoints));
}

function taxOf(rules: EventRules, taxedMinor: number): number {
  if (rules.tax === undefined) return 0;
  const { mode, basisPoints: rate } = rules.tax;
  return divideRounding(taxedMinor * rate, mode === 'added' ? basisPoints : basisPoints + rate);
}

function divideRounding(numerator: number, denominator: number): number {
  return Math.floor((numerator + Math.floor(denominator / 2)) / denominator);
}

function sum<Item>(items: readonly Item[], amountOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + amountOf(item), 0);
}
