import * as v from 'valibot';
import { currencies } from '../money/money.ts';
import { minuteMs } from '../time.ts';

/** How long a price is promised. */
export const quoteTtlMs = 30 * minuteMs;

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
  /** How price and fee are taxed; absent where they are not, and in quotes from before lines said it. */
  taxRule: v.optional(v.object({ name: v.string(), basisPoints: v.number(), mode: v.picklist(['included', 'added']) })),
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
