import type { Promo } from '../inventory/shop-rules.ts';
import { fail, ok, type Result } from '../result.ts';
import type { EpochMs } from '../time.ts';

/** Why a code takes nothing off. None of these stops an order: it costs what it costs without the code. */
export type PromoRefusal =
  | 'promo_unknown'
  | 'promo_not_yet'
  | 'promo_over'
  | 'promo_not_for_these'
  | 'promo_spend_more'
  | 'promo_adds_nothing';

/** As many as one order may bring. */
export const codesPerOrder = 3;

const codeShape = /^[0-9A-Z]{3,24}$/;

/**
 * A code as it is compared: people type what they read on a flyer or heard on the radio, so case, blanks and hyphens do
 * not count. Undefined for what can be no code.
 */
export function foldCode(typed: string): string | undefined {
  const folded = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}]/gu, '');
  return codeShape.test(folded) ? folded : undefined;
}

/** What of an order a code may be good for. */
export type PromoTarget = {
  readonly businessId: string;
  readonly kind: 'ticket' | 'product' | 'top_up';
  readonly itemId: string;
  /** Of a ticket. */
  readonly eventId?: string | undefined;
};

/**
 * Whether a code takes something off an item. A business's code is good for its own things only: it is the one that bears
 * the cost. A code bound to an event is good for that event's tickets; bound to types or products, for those alone.
 */
export function isGoodFor(promo: Promo, promoBusinessId: string, target: PromoTarget): boolean {
  if (target.businessId !== promoBusinessId) return false;
  const { eventId, typeIds, productIds } = promo;
  if (target.kind === 'ticket') {
    if (eventId !== undefined && eventId !== target.eventId) return false;
    return typeIds === undefined ? productIds === undefined : typeIds.includes(target.itemId);
  }
  if (target.kind !== 'product') return false;
  if (productIds !== undefined) return productIds.includes(target.itemId);
  return eventId === undefined && typeIds === undefined;
}

/** Whether a code may be used now, on things that come to so much before any code. */
export function checkPromo(
  { window, minSpendMinor }: Promo,
  eligibleMinor: number,
  now: EpochMs,
): Result<undefined, PromoRefusal> {
  if (now < window.from) return fail('promo_not_yet', { fromMs: window.from });
  if (now >= window.until) return fail('promo_over');
  if (eligibleMinor === 0) return fail('promo_not_for_these');
  if (minSpendMinor !== undefined && eligibleMinor < minSpendMinor) {
    return fail('promo_spend_more', { leastMinor: minSpendMinor });
  }
  return ok();
}
