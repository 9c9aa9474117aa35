import * as v from 'valibot';
import { codesPerOrder } from '#shared/pricing/promo-code.ts';
import { quoteSchema, type Quote } from '#shared/pricing/quote.ts';
import { quoteCart, type QuotedCart } from '#shared/pricing/quote-cart.ts';
import type { Result } from '#shared/result.ts';
import { readToken, signToken } from '#workers/keys/signed-token.ts';
import type { Services } from '#workers/services.ts';
import type { Choice } from './load-choice.ts';

const purpose = 'quote';

const sealedSchema = v.object({
  quote: quoteSchema,
  /** Codes that were typed and counted as tries before: in the form they need not be counted again. */
  codes: v.pipe(v.array(v.string()), v.maxLength(codesPerOrder)),
});

export type Sealed = Readonly<v.InferOutput<typeof sealedSchema>>;

export function quoteOrder(services: Services, { offers, wanted }: Choice): Result<QuotedCart> {
  return quoteCart(offers, wanted, services.clock());
}

/** The quote as a form carries it: signed, so that a price changed on the way is noticed. */
export function sealQuote(services: Services, sealed: Sealed): Promise<string> {
  return signToken(services.settings.masterKey, purpose, sealed);
}

/** What a form brought back; undefined for anything that we did not sign. */
export function openQuote(services: Services, sealed: string): Promise<Sealed | undefined> {
  return readToken(services.settings.masterKey, purpose, sealedSchema, sealed);
}

/**
 * Whether a promised price still stands for what is wanted now: the same things in the same numbers, the same codes, and
 * not run out. Prices may differ: the promised one is honoured.
 */
export function isHonoured(services: Services, promised: Quote, now: Quote): boolean {
  return promised.expiresAtMs > services.clock() && shapeOf(promised) === shapeOf(now);
}

function shapeOf({ currency, sections, discounts }: Quote): string {
  const lines = sections.flatMap(({ inventoryId, lines: own }) =>
    own.map(({ kind, itemId, bundleId, quantity }) => [inventoryId, kind, itemId, bundleId ?? '', quantity]),
  );
  const codes = discounts.map(({ businessId, promoId }) => [businessId, promoId]);
  return JSON.stringify([currency, lines.toSorted(byText), codes.toSorted(byText)]);
}

function byText(a: readonly unknown[], b: readonly unknown[]): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
