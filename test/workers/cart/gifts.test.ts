import { describe, expect, it } from 'vitest';
import { giftBrakes } from '#shared/access/brakes.ts';
import { dayMs, hourMs, localDay } from '#shared/time.ts';
import { publishEventWith } from '#test/workers/http/site.ts';
import { writeOrderMail } from '#workers/background/order-mail.ts';
import type { OutgoingMessage } from '#workers/messaging/outgoing.ts';
import { noteGiftSent, queueGifts } from '#workers/operations/gifts.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { freshBuyer, services, Shopper, signedInShopper, wordsOf } from './shopper.ts';

const words = messages.storefront;
const zone = 'Europe/London';

type Queued = { readonly message: OutgoingMessage; readonly delaySeconds: number };

/** The services with a queue that is read, and a clock that may be ahead. */
function posting(aheadMs = 0) {
  const queued: Queued[] = [];
  const queueMessage = async (message: OutgoingMessage, delaySeconds = 0) =>
    void queued.push({ message, delaySeconds });
  return { queued, services: { ...services, queueMessage, clock: () => Date.now() + aheadMs } };
}

const later = () => publishEventWith({ row: { startsAtMs: Date.now() + 5 * dayMs, endsAtMs: Date.now() + 6 * dayMs } });

async function give(fields: Readonly<Record<string, string>> = {}, giver = freshBuyer()) {
  const { slug } = await later();
  const shopper = new Shopper();
  const { action, fields: hidden } = await shopper.openCheckout(`${pathTo('checkout', { slug })}?q_day=2`);
  const gift = {
    gift: 'on',
    gift_name: 'Kofi',
    gift_email: 'kofi@friends.example',
    gift_day: '',
    gift_message: 'Come!',
  };
  const answer = await shopper.post(action, { ...hidden, ...giver, ...gift, ...fields });
  const orderId = /\/orders\/(ord_[^/?]+)/.exec(answer.location)?.[1] ?? '';
  return { shopper, answer, orderId, giver };
}

/** The link of a mail, opened and pressed in a browser that has never been here. */
async function openLink(link: string): Promise<Shopper> {
  const shopper = new Shopper();
  const token = new URL(link).searchParams.get('t') ?? '';
  const { location } = await shopper.post(pathTo('orderLink'), { token });
  await shopper.get(location);
  return shopper;
}

const linkIn = (text: string): string => /https?:\S+\/l\/order\?t=\S+/.exec(text)?.[0] ?? '';

describe('a gift', () => {
  it('is mailed to who is given it, without the price, and to the giver goes the receipt', async () => {
    const { orderId, giver } = await give();
    const theirs = await writeOrderMail(services, { kind: 'gift_tickets', orderId });
    expect(theirs).toMatchObject({ to: 'kofi@friends.example' });
    expect(theirs?.text).toContain(messages.mail.gift.lead('Ama Buyer', 2, '247GBS Expo'));
    expect(theirs?.text).toContain('Come!');
    expect(theirs?.text).not.toContain(messages.mail.order.total);
    expect(theirs?.text).not.toContain(giver.email);
    const receipt = await writeOrderMail(services, { kind: 'order_confirmation', orderId });
    expect(receipt).toMatchObject({ to: giver.email });
    expect(receipt?.text).toContain(messages.mail.order.total);
  });

  it('opens for who is given it without price or the giver’s address, on the page and for programs', async () => {
    const { shopper: giver, orderId, giver: who } = await give();
    const mail = await writeOrderMail(services, { kind: 'gift_tickets', orderId });
    const theirs = await openLink(linkIn(mail?.text ?? ''));
    const page = wordsOf((await theirs.get(pathTo('order', { orderId }))).text);
    expect(page).toContain(words.order.gift.recipientTitle);
    expect(page).toContain(words.order.gift.from('Ama Buyer'));
    expect(page).not.toContain(words.receipt.total);
    expect(page).not.toContain(who.email);
    const api = JSON.parse((await theirs.get(pathTo('apiOrder', { orderId }))).text) as Record<string, unknown>;
    expect(Object.keys(api)).not.toContain('totalMinor');
    expect(wordsOf((await giver.get(pathTo('order', { orderId }))).text)).toContain(words.receipt.total);
  });

  it('shows the price where the giver says so', async () => {
    const { orderId } = await give({ gift_prices: 'on' });
    const mail = await writeOrderMail(services, { kind: 'gift_tickets', orderId });
    expect(mail?.text).toContain(messages.mail.order.total);
  });

  it('stays without its price in the account of who is given it', async () => {
    const { orderId } = await give();
    const mail = await writeOrderMail(services, { kind: 'gift_tickets', orderId });
    const theirs = await openLink(linkIn(mail?.text ?? ''));
    const { signIn } = await signedInShopper();
    await signIn(theirs);
    await theirs.post(pathTo('orderClaim', { orderId }), {});
    for (const name of theirs.cookies.keys()) if (name.startsWith('__Host-order-')) theirs.cookies.delete(name);
    const page = wordsOf((await theirs.get(pathTo('order', { orderId }))).text);
    expect(page).toContain(words.order.gift.recipientTitle);
    expect(page).not.toContain(words.receipt.total);
  });

  it('waits for its day, is queued once, and again only when it got lost', async () => {
    const day = localDay(Date.now() + 1 * dayMs, zone);
    const { orderId } = await give({ gift_day: day });
    const atOnce = posting();
    await writeOrderMail(atOnce.services, { kind: 'order_confirmation', orderId });
    expect(atOnce.queued).toEqual([]);
    const dueAtMs = Date.parse(`${day}T09:00:00Z`);
    /** What is queued for this order at a look so long after it is due. */
    const queuedAt = async (afterMs: number): Promise<Queued[]> => {
      const post = posting(dueAtMs - Date.now() + afterMs);
      await queueGifts(post.services);
      return post.queued.filter(({ message }) => 'orderId' in message && message.orderId === orderId);
    };
    const [first] = await queuedAt(-hourMs / 2);
    expect(first?.delaySeconds).toBeGreaterThan(1_700);
    expect(first?.delaySeconds).toBeLessThan(1_900);
    expect(await queuedAt(0)).toEqual([]);
    expect(await queuedAt(5 * hourMs)).toHaveLength(1);
    await noteGiftSent(services, orderId);
    expect(await queuedAt(20 * hourMs)).toEqual([]);
  });

  it.each([
    ['no name', { gift_name: ' ' }, 'gift_name'],
    ['no address', { gift_email: 'nobody@nowhere' }, 'gift_email'],
    ['a day that is over', { gift_day: '2020-01-01' }, 'gift_day'],
    ['a day after the event begins', { gift_day: localDay(Date.now() + 400 * dayMs, zone) }, 'gift_day'],
    ['a link in its message', { gift_message: 'See https://win.example' }, 'gift_message'],
    ['an address without https:// in its message', { gift_message: 'Free phones: win.example/x' }, 'gift_message'],
    ['an address that mail programs make a link of', { gift_message: 'See WIN.EXAMPLE/x' }, 'gift_message'],
    ['a link for a name', { gift_name: 'www.win.example' }, 'gift_name'],
    ['a giver who is a link', { name: 'win at http://win.example' }, 'name'],
  ] as const)('with %s is not ordered', async (_what, wrong, field) => {
    const { answer } = await give(wrong);
    expect(answer.status).toBe(422);
    expect(wordsOf(answer.text)).toContain(words.checkout.fieldErrors[field]);
  });

  it('fills nobody’s inbox', async () => {
    const gift_email = 'much-loved@friends.example';
    for (let gifts = 0; gifts < giftBrakes.address.limit; gifts += 1) {
      expect((await give({ gift_email })).answer.status).toBe(303);
    }
    expect((await give({ gift_email })).answer.status).toBe(429);
  });
});
