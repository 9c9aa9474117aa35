import { beforeAll, describe, expect, it } from 'vitest';
import { deleteOldCarts } from '#d1/queries/carts.ts';
import { dayMs } from '#shared/time.ts';
import { publishEvent, publishShopOf } from '#test/workers/http/site.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { db, Shopper, signedInShopper, wordsOf } from './shopper.ts';

const words = messages.storefront.cart;
const tote = { id: 'tote', name: 'Tote bag', priceMinor: 1_200, stock: 5, perOrderMax: 4 };

beforeAll(() => publishShopOf({ products: [tote] }));

const paid = () => publishEvent({ priceMinor: 2_400, perOrderMax: 6 }, { id: 'child', name: 'Child', priceMinor: 800 });

describe('a cart', () => {
  it('keeps tickets of several events and things of their organiser, with one total', async () => {
    const [first, second] = [await paid(), await paid()];
    const shopper = new Shopper();
    await shopper.add(first.slug, { q_day: '2', q_child: '0', p_tote: '1' });
    const added = await shopper.add(second.slug, { q_day: '1' });
    expect(added).toMatchObject({ status: 303, location: '/cart' });
    const page = wordsOf((await shopper.cart()).text);
    expect(page).toContain('Tote bag');
    expect(page).toContain('£84');
    expect(shopper.count).toBe('4');
  });

  it('adds up what is added again, as far as one order may have it, and says what did not fit', async () => {
    const { slug } = await paid();
    const shopper = new Shopper();
    await shopper.add(slug, { q_day: '4' });
    await shopper.add(slug, { q_day: '4' });
    expect(shopper.count).toBe('6');
    expect(wordsOf((await shopper.cart()).text)).toContain(words.cut('Day ticket', 6));
  });

  it.each([
    ['a negative number', '-1'],
    ['half a ticket', '0.5'],
    ['a word', 'many'],
    ['more than can be counted', '99999'],
  ])('takes no %s', async (_what, quantity) => {
    const { slug } = await paid();
    const shopper = new Shopper();
    const answer = await shopper.add(slug, { q_day: quantity });
    expect(answer.status).toBe(422);
    expect(shopper.count).toBeUndefined();
  });

  it('takes nothing that nobody sells, and none of an event that does not exist', async () => {
    const { slug } = await paid();
    const shopper = new Shopper();
    expect((await shopper.add(slug, { q_made_up: '1' })).status).toBe(404);
    expect((await shopper.add('no-such-event', { q_day: '1' })).status).toBe(404);
    expect(shopper.count).toBeUndefined();
  });

  it('changes numbers, and takes things out', async () => {
    const { slug } = await paid();
    const shopper = new Shopper();
    await shopper.add(slug, { q_day: '2', q_child: '1' });
    await shopper.press('update', { [`n:ticket/${slug}/day`]: '5' });
    expect(shopper.count).toBe('6');
    await shopper.press(`remove:ticket/${slug}/day`);
    expect(shopper.count).toBe('1');
    await shopper.press('update', { [`n:ticket/${slug}/child`]: '0' });
    expect(wordsOf((await shopper.cart()).text)).toContain(words.empty);
    expect(shopper.count).toBeUndefined();
  });

  it('is not changed from a page that shows another state than it has', async () => {
    const { slug } = await paid();
    const tab = new Shopper();
    await tab.add(slug, { q_day: '2' });
    const stale = /name="version" value="(\d+)"/.exec((await tab.cart()).text)?.[1] ?? '';
    await tab.press('update', { [`n:ticket/${slug}/day`]: '3' });
    const late = await tab.post('/cart', { version: stale, do: `remove:ticket/${slug}/day` });
    expect(late.status).toBe(409);
    expect(wordsOf(late.text)).toContain(problemOf({ code: 'cart_changed' }).detail);
    expect(tab.count).toBe('3');
  });

  it('keeps what two tabs add at the same moment', async () => {
    const { slug } = await paid();
    const tab = new Shopper();
    await tab.add(slug, { q_child: '1' });
    const other = new Shopper(tab.cookies);
    await Promise.all([tab.add(slug, { q_day: '1' }), other.add(slug, { q_day: '2' })]);
    await tab.cart();
    expect(tab.count).toBe('4');
  });

  it('tells what sold out or is no longer enough, where it stands', async () => {
    const { slug } = await publishEvent({ priceMinor: 500, capacity: 2, perOrderMax: 6 });
    const shopper = new Shopper();
    await shopper.add(slug, { q_day: '3' });
    const { text } = await shopper.cart();
    const { detail } = problemOf({ code: 'sold_out', facts: { type: 'Day ticket', left: 2 } });
    expect(wordsOf(text)).toContain(detail);
    expect(wordsOf(text)).toContain(words.blocked);
  });

  it('is nobody else’s: another browser’s is empty, and its cookie is not its key in the table', async () => {
    const { slug } = await paid();
    const shopper = new Shopper();
    await shopper.add(slug, { q_day: '1' });
    expect(wordsOf((await new Shopper().cart()).text)).toContain(words.empty);
    const guessed = new Shopper(new Map([['__Host-cart', 'somebody-elses-cart-token']]));
    expect(wordsOf((await guessed.cart()).text)).toContain(words.empty);
  });

  it('is let go of after a month', async () => {
    const { slug } = await paid();
    const shopper = new Shopper();
    await shopper.add(slug, { q_day: '1' });
    expect(await deleteOldCarts(db, Date.now() - 30 * dayMs, 500)).toBe(0);
    expect(await deleteOldCarts(db, Date.now() + dayMs, 500)).toBeGreaterThan(0);
    expect(wordsOf((await shopper.cart()).text)).toContain(words.empty);
  });
});

describe('who signs in', () => {
  it('brings along what they chose as a guest, once, and finds it on their other devices', async () => {
    const { slug } = await paid();
    const { shopper: phone, signIn } = await signedInShopper();
    await phone.add(slug, { q_day: '2' });
    const laptop = new Shopper();
    await laptop.add(slug, { q_day: '1', q_child: '1' });
    const guest = new Map(laptop.cookies);
    await signIn(laptop);
    await laptop.cart();
    expect(laptop.count).toBe('4');
    expect(laptop.cookies.has('__Host-cart')).toBe(false);
    await phone.cart();
    expect(phone.count).toBe('4');
    // A second tab that still has the guest's cookie adds nothing.
    const tab = new Shopper(guest);
    await signIn(tab);
    await tab.cart();
    expect(tab.count).toBe('4');
  });

  it('is told what did not fit', async () => {
    const { slug } = await paid();
    const { shopper, signIn } = await signedInShopper();
    await shopper.add(slug, { q_day: '5' });
    const guest = new Shopper();
    await guest.add(slug, { q_day: '4' });
    await signIn(guest);
    expect(wordsOf((await guest.cart()).text)).toContain(words.cut('Day ticket', 6));
    expect(guest.count).toBe('6');
  });

  it('leaves the cart with the account: the browser shows none after signing out', async () => {
    const { slug } = await paid();
    const { shopper } = await signedInShopper();
    await shopper.add(slug, { q_day: '2' });
    shopper.cookies.delete('__Host-session');
    await shopper.cart();
    expect(shopper.count).toBeUndefined();
  });
});
