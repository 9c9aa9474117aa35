import type { AppContext } from '#workers/http/app-context.ts';
import { browserKey } from '#workers/http/browser-id.ts';
import { placedBefore } from '#workers/operations/place-order.ts';
import { openQuote } from '#workers/operations/quote-order.ts';
import type { Fields } from './fields.ts';
import { onward } from './payment.ts';

/**
 * The order that this very form made before, if it did: a second press, or the Back button, comes when the cart is empty
 * already. Keys count in the browser that was given them, so that a copied form opens nobody's order.
 */
export async function repeatOf(c: AppContext, form: Fields): Promise<Response | undefined> {
  const key = form['idempotency_key'] ?? '';
  const sealed = await openQuote(c.var.services, form['quote'] ?? '');
  if (sealed === undefined || key === '') return undefined;
  const order = await placedBefore(c.var.services, sealed.quote, await browserKey(c, key));
  if (order === undefined || order.state === 'refused') return undefined;
  return onward(c, order);
}
