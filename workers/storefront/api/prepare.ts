import type { OrderSnapshot } from '#shared/orders/order.ts';
import { giftAtMs } from '#shared/people/gift.ts';
import { foldCode } from '#shared/pricing/promo-code.ts';
import type { QuotedCart } from '#shared/pricing/quote-cart.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { AppContext } from '#workers/http/app-context.ts';
import { browserHash } from '#workers/http/browser-id.ts';
import { readVia } from '#workers/http/entry-link.ts';
import { countGift } from '#workers/operations/gifts.ts';
import { loadChoice, whyGone, type Choice } from '#workers/operations/load-choice.ts';
import type { PlaceOrder } from '#workers/operations/place-order.ts';
import { countTry } from '#workers/operations/promo-codes.ts';
import { quoteOrder } from '#workers/operations/quote-order.ts';
import { daysOf, firstEvent } from '../checkout/gift-days.ts';
import { itemsOf, type OrderBody } from './order-body.ts';

/** Everything an order needs but its key, or why it cannot be placed. Nothing has been held by then. */
export async function prepare(c: AppContext, body: OrderBody): Promise<Result<Omit<PlaceOrder, 'idempotencyKey'>>> {
  const { services } = c.var;
  const items = itemsOf(body);
  if (!items.ok) return items;
  const codes = body.codes.flatMap((code) => foldCode(code) ?? []);
  if (codes.length < body.codes.length) return fail('promo_unknown');
  const choice = await loadChoice(services, { items: items.value, codes });
  if (!choice.ok) return choice;
  const gone = whyGone(choice.value);
  if (gone !== undefined) return { ok: false, failure: gone };
  const priced = codes.length === 0 ? quoteOrder(services, choice.value) : await priceWithCodes(c, choice.value);
  if (!priced.ok) return priced;
  const gift = await giftOf(c, choice.value, body);
  if (!gift.ok) return gift;
  const { name = '', email = '', message = '' } = body.gift ?? {};
  return ok({
    choice: choice.value,
    quote: priced.value.quote,
    contact: body.gift === undefined ? body.contact : { ...body.contact, gift: { name, email, message } },
    gift: gift.value,
    cameBy: async (eventId) => ({ via: await readVia(c, eventId) }),
  });
}

/**
 * A program is told of a code that takes nothing off, instead of being charged more than it expects. The try is counted
 * first: past the limit right codes and wrong ones are answered alike.
 */
async function priceWithCodes(c: AppContext, choice: Choice): Promise<Result<QuotedCart>> {
  const { services, person } = c.var;
  const businessIds = [...new Set([...choice.sales, ...choice.shops].map(({ business }) => business.id))];
  const counted = await countTry(services, {
    personId: person?.personId,
    browserHash: await browserHash(c),
    businessIds,
  });
  if (!counted.ok) return counted;
  const priced = quoteOrder(services, choice);
  const [refused] = priced.ok ? priced.value.refusedCodes : [];
  if (refused !== undefined) return { ok: false, failure: refused.failure };
  await counted.value.forgive();
  return priced;
}

async function giftOf(c: AppContext, choice: Choice, { gift }: OrderBody): Promise<Result<OrderSnapshot['gift']>> {
  if (gift === undefined) return ok(undefined);
  const { services } = c.var;
  const now = services.clock();
  const timeZone = firstEvent(choice)?.timeZone ?? 'UTC';
  const deliverAtMs = giftAtMs(gift.day, daysOf(choice, now), now, timeZone);
  if (deliverAtMs === undefined) return fail('malformed_request', { field: 'gift.day' });
  const counted = await countGift(services, { giftEmail: gift.email, browserHash: await browserHash(c) });
  return counted.ok ? ok({ deliverAtMs, hidesPrice: gift.hidesPrice }) : counted;
}
