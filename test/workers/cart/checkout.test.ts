import { beforeAll, describe, expect, it } from 'vitest';
import { publishEvent, publishShopOf } from '#test/workers/http/site.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { freshBuyer, Shopper, wordsOf } from './shopper.ts';

const words = messages.storefront;
const tote = { id: 'tote', name: 'Tote bag', priceMinor: 0, stock: 3, perOrderMax: 3 };

const mug = { id: 'mug', name: 'Mug', priceMinor: 1_200, stock: 50, perOrderMax: 9 };

let bundled = { slug: '' };

beforeAll(async () => {
  const { slug, eventId } = await publishEvent({ priceMinor: 2_400 });
  bundled = { slug };
  const tickets = [{ typeId: 'day', quantity: 1 }];
  const pair = { id: 'pair', name: 'A pair', eventId, tickets, products: [{ productId: 'mug', quantity: 1 }] };
  await publishShopOf({ products: [tote, mug], bundles: [{ ...pair, priceMinor: 3_000 }] });
});

/** Two free events and a bag that costs nothing: an order that is complete at once. */
async function fullCart() {
  const [first, second] = [await publishEvent({ perOrderMax: 9 }), await publishEvent({ perOrderMax: 9 })];
  const shopper = new Shopper();
  await shopper.add(first.slug, { q_day: '2', p_tote: '1' });
  await shopper.add(second.slug, { q_day: '1' });
  return { shopper, first, second };
}

const orderOf = (location: string) => /\/orders\/(ord_[^/?]+)/.exec(location)?.[1];

describe('the checkout of a cart', () => {
  it('orders all of it at once, empties the cart, and says where things are collected', async () => {
    const { shopper, first, second } = await fullCart();
    const { action, fields } = await shopper.openCheckout(pathTo('cartCheckout'));
    const ordered = await shopper.post(action, { ...fields, ...freshBuyer() });
    expect(ordered.status).toBe(303);
    const page = wordsOf((await shopper.get(ordered.location)).text);
    expect(page).toContain(words.order.completedTitle);
    expect(page).toContain('Tote bag');
    expect([await first.left(), await second.left()]).toEqual([{ day: 98 }, { day: 99 }]);
    expect(shopper.count).toBeUndefined();
    expect(wordsOf((await shopper.cart()).text)).toContain(words.cart.empty);
  });

  it('makes one order of two presses, the second of which finds the cart empty', async () => {
    const { shopper, first } = await fullCart();
    const { action, fields } = await shopper.openCheckout(pathTo('cartCheckout'));
    const filled = { ...fields, ...freshBuyer() };
    const once = await shopper.post(action, filled);
    const again = await shopper.post(action, filled);
    expect(orderOf(again.location)).toBe(orderOf(once.location));
    expect(orderOf(once.location)).toBeDefined();
    expect(await first.left()).toEqual({ day: 98 });
  });

  it('makes one order of two presses at the same moment', async () => {
    const { shopper, first } = await fullCart();
    const { action, fields } = await shopper.openCheckout(pathTo('cartCheckout'));
    const filled = { ...fields, ...freshBuyer() };
    const answers = await Promise.all([shopper.post(action, filled), shopper.post(action, filled)]);
    expect(new Set(answers.map(({ location }) => orderOf(location))).size).toBe(1);
    expect(await first.left()).toEqual({ day: 98 });
  });

  it('gives another browser nothing for a copied form', async () => {
    const { shopper } = await fullCart();
    const { action, fields } = await shopper.openCheckout(pathTo('cartCheckout'));
    const filled = { ...fields, ...freshBuyer() };
    await shopper.post(action, filled);
    const thief = new Shopper();
    const answer = await thief.post(action, filled);
    expect(orderOf(answer.location)).toBeUndefined();
  });

  it('shows the total anew when another tab changed the cart, and orders nothing', async () => {
    const { shopper, first } = await fullCart();
    const { action, fields } = await shopper.openCheckout(pathTo('cartCheckout'));
    await shopper.press('update', { [`n:ticket/${first.slug}/day`]: '5' });
    const answer = await shopper.post(action, { ...fields, ...freshBuyer() });
    expect(answer.status).toBe(409);
    expect(wordsOf(answer.text)).toContain(problemOf({ code: 'quote_stale' }).detail);
    expect(await first.left()).toEqual({ day: 100 });
  });

  it('keeps the cart where not all of it can be had, and says what is missing', async () => {
    const { shopper, first, second } = await fullCart();
    await shopper.add(first.slug, { p_tote: '2' });
    const other = new Shopper();
    await other.add(first.slug, { q_day: '1', p_tote: '1' });
    const theirs = await other.openCheckout(pathTo('cartCheckout'));
    const mine = await shopper.openCheckout(pathTo('cartCheckout'));
    // The bags: two are left by now, and one of them goes to somebody else.
    await other.post(theirs.action, { ...theirs.fields, ...freshBuyer() });
    const answer = await shopper.post(mine.action, { ...mine.fields, ...freshBuyer() });
    expect(answer.status).toBe(409);
    expect(wordsOf(answer.text)).toContain('Tote bag');
    // All or nothing: no ticket of any event was taken.
    expect(await second.left()).toEqual({ day: 100 });
    expect(shopper.count).toBe('6');
  });

  it('leads an empty cart back to itself', async () => {
    expect(await new Shopper().get(pathTo('cartCheckout'))).toMatchObject({ status: 303, location: '/cart' });
  });
});

describe('the checkout of one event', () => {
  it('takes things and bundles of its organiser along', async () => {
    const shopper = new Shopper();
    const path = `${pathTo('checkout', { slug: bundled.slug })}?q_day=1&p_mug=1&b_pair=1`;
    const page = wordsOf((await shopper.openCheckout(path)).text);
    // £24, £12, and both together for £30.
    expect(page).toContain(words.receipt.bundleSaving);
    expect(page).toContain('£66');
  });

  it('is not for what its organiser does not sell', async () => {
    const answer = await new Shopper().arrive(`${pathTo('checkout', { slug: bundled.slug })}?q_day=1&b_made-up=1`);
    expect(answer.status).toBe(404);
    expect(wordsOf(answer.text)).toContain(problemOf({ code: 'bundle_unknown' }).title);
  });

  it.each([
    ['a price of one’s own', (quote: string) => btoa(atob(quote.split('.')[0] ?? '').replace('0', '1'))],
    ['nothing at all', () => ''],
    ['a quote without its seal', (quote: string) => quote.split('.')[0] ?? ''],
  ])('believes no form with %s', async (_what, tampered) => {
    const { slug, left } = await publishEvent({});
    const shopper = new Shopper();
    const { action, fields } = await shopper.openCheckout(`${pathTo('checkout', { slug })}?q_day=1`);
    const answer = await shopper.post(action, { ...fields, ...freshBuyer(), quote: tampered(fields['quote'] ?? '') });
    expect(answer.status).toBe(409);
    expect(await left()).toEqual({ day: 100 });
  });

  it('believes no quote of another event', async () => {
    const [cheap, dear] = [await publishEvent({ priceMinor: 0 }), await publishEvent({ priceMinor: 9_900 })];
    const shopper = new Shopper();
    const { fields } = await shopper.openCheckout(`${pathTo('checkout', { slug: cheap.slug })}?q_day=1`);
    const answer = await shopper.post(pathTo('checkout', { slug: dear.slug }), { ...fields, ...freshBuyer() });
    expect(answer.status).toBe(409);
    expect(await dear.left()).toEqual({ day: 100 });
  });
});
