import * as v from 'valibot';
import type { HoldLine } from '../inventory/stock.ts';
import { ticketTypeOf, type EventRules } from '../inventory/rules.ts';
import { currencies } from '../money/money.ts';
import { fail, ok, type Result } from '../result.ts';
import { minuteMs, type EpochMs } from '../time.ts';

const quotedLineSchema = v.object({
  typeId: v.string(),
  name: v.string(),
  accessLevel: v.string(),
  quantity: v.number(),
  unitMinor: v.number(),
});

/**
 * A price promised: what the buyer pays and until when. It names the rules it was made from and is honoured until it
 * expires, even if prices change meanwhile. `taxMinor` is contained in the total, whether included or added.
 */
export const quoteSchema = v.object({
  eventId: v.string(),
  rulesVersion: v.number(),
  currency: v.picklist(currencies),
  lines: v.pipe(v.array(quotedLineSchema), v.readonly()),
  feeMinor: v.number(),
  taxMinor: v.number(),
  /** As the country calls it, such as VAT. */
  taxName: v.optional(v.string()),
  totalMinor: v.number(),
  expiresAtMs: v.number(),
});

export type QuotedLine = Readonly<v.InferOutput<typeof quotedLineSchema>>;
export type Quote = Readonly<v.InferOutput<typeof quoteSchema>>;

/** What an order keeps of its quote: all but its term. */
export type Charges = Omit<Quote, 'eventId' | 'expiresAtMs'>;

export type QuoteRefusal = 'quantity_invalid' | 'ticket_type_unknown' | 'order_limit_exceeded';

const quoteTtlMs = 30 * minuteMs;
const basisPoints = 10_000;

/** Prices lines: tickets, then the booking fee on those that cost something, then tax on both. */
export function quote(
  rules: EventRules,
  rulesVersion: number,
  wanted: readonly HoldLine[],
  now: EpochMs,
): Result<Quote, QuoteRefusal> {
  const lines = quoteLines(rules, wanted);
  if (!lines.ok) return lines;
  const ticketsMinor = sum(lines.value, (line) => line.unitMinor * line.quantity);
  const feeMinor = feeOf(rules, lines.value);
  const taxedMinor = ticketsMinor + feeMinor;
  const taxMinor = taxOf(rules, taxedMinor);
  const isAdded = rules.tax?.mode === 'added';
  return ok({
    eventId: rules.eventId,
    rulesVersion,
    currency: rules.currency,
    lines: lines.value,
    feeMinor,
    taxMinor,
    taxName: rules.tax?.name,
    totalMinor: isAdded ? taxedMinor + taxMinor : taxedMinor,
    expiresAtMs: now + quoteTtlMs,
  });
}

function quoteLines(rules: EventRules, wanted: readonly HoldLine[]): Result<QuotedLine[], QuoteRefusal> {
  if (wanted.length === 0) return fail('quantity_invalid');
  const lines: QuotedLine[] = [];
  for (const { typeId, quantity } of wanted) {
    const type = ticketTypeOf(rules, typeId);
    if (type === undefined) return fail('ticket_type_unknown');
    if (!Number.isSafeInteger(quantity) || quantity < 1) return fail('quantity_invalid');
    if (quantity > type.perOrderMax) return fail('order_limit_exceeded', { type: type.name, max: type.perOrderMax });
    const { name, accessLevel, priceMinor: unitMinor } = type;
    lines.push({ typeId, name, accessLevel, quantity, unitMinor });
  }
  return ok(lines);
}

/** Half a minor unit rounds up, once a line, so that a total never depends on how lines are grouped on a page. */
function feeOf(rules: EventRules, lines: readonly QuotedLine[]): number {
  const fee = rules.bookingFee;
  if (fee === undefined) return 0;
  return sum(lines, ({ unitMinor, quantity }) =>
    unitMinor === 0 ? 0 : quantity * (fee.fixedMinor + divideRounding(unitMinor * fee.basisPoints, basisPoints)),
  );
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
