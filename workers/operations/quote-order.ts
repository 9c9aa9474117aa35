import type { HoldLine } from '#shared/inventory/stock.ts';
import { quote, quoteSchema, type Quote } from '#shared/pricing/quote.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { readToken, signToken } from '#workers/keys/signed-token.ts';
import type { Services } from '#workers/services.ts';
import type { EventForSale } from './event-for-sale.ts';

const purpose = 'quote';

export function quoteOrder(services: Services, sale: EventForSale, lines: readonly HoldLine[]): Result<Quote> {
  const { rules, rulesVersion, event } = sale;
  return quote({ rules, rulesVersion, countryCode: event.countryCode }, lines, services.clock());
}

/** The quote as a form carries it: signed, so that a price changed on the way is noticed. */
export function sealQuote(services: Services, promised: Quote): Promise<string> {
  return signToken(services.settings.masterKey, purpose, promised);
}

/** The quote a form brought back. Anything we did not sign, or that has run out, is stale: the buyer sees a fresh one. */
export async function openQuote(
  services: Services,
  sale: EventForSale,
  sealed: string,
): Promise<Result<Quote, 'quote_stale'>> {
  const promised = await readToken(services.settings.masterKey, purpose, quoteSchema, sealed);
  if (promised === undefined || promised.expiresAtMs <= services.clock()) return fail('quote_stale');
  const isOfThis = promised.sections.every(({ inventoryId }) => inventoryId === sale.event.id);
  return isOfThis ? ok(promised) : fail('quote_stale');
}
