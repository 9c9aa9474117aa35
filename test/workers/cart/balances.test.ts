import { describe, expect, it } from 'vitest';
import { balancesOf } from '#d1/queries/ledger.ts';
import { publishEvent } from '#test/workers/http/site.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { db, freshBuyer, Shopper, signedInShopper, wordsOf } from './shopper.ts';

const words = messages.storefront.checkout.ways;
const checkoutOf = (slug: string) => `${pathTo('checkout', { slug })}?q_day=1`;

/** An event at £24, and somebody with points and a balance. */
async function richShopper(points: number, cashMinor: number) {
  const event = await publishEvent({ priceMinor: 2_400 });
  const somebody = await signedInShopper();
  if (points > 0) await somebody.give('PTS', points);
  if (cashMinor > 0) await somebody.give('GBP', cashMinor);
  const { action, fields, text } = await somebody.shopper.openCheckout(checkoutOf(event.slug));
  const order = (pay: string, email = somebody.email) =>
    somebody.shopper.post(action, { ...fields, name: 'Ama Shopper', email, pay });
  return { event, order, text, ...somebody };
}

const left = async (customerId: string) => {
  const { cash, points } = await balancesOf(db, customerId);
  return { points: points.available, cashMinor: cash[0]?.availableMinor ?? 0 };
};

describe('points and balance', () => {
  it('are offered to who has them, each way with its amounts, and to nobody else', async () => {
    const { text, event } = await richShopper(1_000, 500);
    expect(wordsOf(text)).toContain(
      `${words.points(1_000, '£10')}${words.and}${words.balance('£5')} ${words.rest('£9')}`,
    );
    const guest = await new Shopper().openCheckout(checkoutOf(event.slug));
    expect(guest.text).not.toContain('name="pay"');
  });

  it('pay an order whole, without a card', async () => {
    const { order, shopper, customerId, event } = await richShopper(2_000, 1_000);
    const answer = await order('2000-400');
    expect(answer.location).toMatch(/^\/orders\//);
    const page = wordsOf((await shopper.get(answer.location)).text);
    expect(page).toContain(messages.storefront.order.completedTitle);
    expect(page).toContain(words.points(2_000, '£20'));
    expect(page).toContain(words.balance('£4'));
    expect(await left(customerId)).toEqual({ points: 0, cashMinor: 600 });
    expect(await event.left()).toEqual({ day: 99 });
  });

  it('are set aside while the rest is asked of the bank', async () => {
    const { order, customerId, shopper } = await richShopper(1_000, 0);
    const answer = await order('1000-0');
    // Its buyer is at the bank, which is asked for no more than the rest; the points are out of reach of any other order.
    expect(answer.location).toContain('/local/bank/');
    expect(wordsOf((await shopper.get(answer.location)).text)).toContain('Amount £14');
    expect(await left(customerId)).toEqual({ points: 0, cashMinor: 0 });
  });

  it.each([
    ['more than there is', '2400-0'],
    ['an amount nobody offered', '17-0'],
    ['less than nothing', '-500-0'],
    ['no amount', 'all of it'],
  ])('are not taken for %s', async (_what, pay) => {
    const { order, customerId, event } = await richShopper(1_000, 0);
    const answer = await order(pay);
    expect(answer.status).toBe(409);
    expect(wordsOf(answer.text)).toContain(problemOf({ code: 'balance_changed' }).title);
    expect(await left(customerId)).toEqual({ points: 1_000, cashMinor: 0 });
    expect(await event.left()).toEqual({ day: 100 });
  });

  it('pay for nobody else’s order, and a guest has none', async () => {
    const { order, event } = await richShopper(2_400, 0);
    const other = freshBuyer();
    expect((await order('2400-0', other.email)).status).toBe(403);
    const guest = new Shopper();
    const { action, fields } = await guest.openCheckout(checkoutOf(event.slug));
    expect((await guest.post(action, { ...fields, ...other, pay: '2400-0' })).status).toBe(403);
    expect(await event.left()).toEqual({ day: 100 });
  });

  it('are spent once by two orders at the same moment', async () => {
    const { shopper, email, customerId } = await richShopper(2_400, 0);
    const events = [await publishEvent({ priceMinor: 2_400 }), await publishEvent({ priceMinor: 2_400 })];
    const forms = await Promise.all(events.map(({ slug }) => shopper.openCheckout(checkoutOf(slug))));
    const contact = { name: 'Ama Shopper', email, pay: '2400-0' };
    const answers = await Promise.all(
      forms.map(({ action, fields }) => shopper.post(action, { ...fields, ...contact })),
    );
    const pages = await Promise.all(
      answers.map(async ({ location, text }) => (location === '' ? text : (await shopper.get(location)).text)),
    );
    const completed = pages.filter((page) => page.includes(messages.storefront.order.completedTitle));
    expect(completed).toHaveLength(1);
    expect(await left(customerId)).toEqual({ points: 0, cashMinor: 0 });
    const sold = await Promise.all(events.map(async (event) => 100 - ((await event.left())['day'] ?? 0)));
    expect(sold.reduce((sum, each) => sum + each, 0)).toBe(1);
  });
});

describe('a top-up', () => {
  it('is an order of its own, within its bounds', async () => {
    const { shopper } = await signedInShopper();
    const { text } = await shopper.get(pathTo('topUp'));
    const key = /name="idempotency_key" value="([^"]+)"/.exec(text)?.[1] ?? '';
    for (const amount of ['0', '-20', '4.99', '1e3', '999999', 'ten', '20.999']) {
      const refused = await shopper.post(pathTo('topUp'), { amount, currency: 'GBP', idempotency_key: key });
      expect(refused.status).toBe(422);
    }
    const answer = await shopper.post(pathTo('topUp'), { amount: '20.50', currency: 'GBP', idempotency_key: key });
    expect(answer.location).toMatch(/^\/orders\//);
    expect(wordsOf((await shopper.get(answer.location)).text)).toContain('£20.50');
  });

  it('is for who is signed in', async () => {
    expect((await new Shopper().get(pathTo('topUp'))).status).toBe(401);
  });
});
