import type { Page } from 'playwright-core';
import { linkIn } from '#scripts/journey/mailbox.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { pathTo } from '#workers/routes.ts';
import { anyTwoDays } from './journey-bank.ts';
import { accountPages } from './journey-account-pages.ts';
import {
  alter,
  bigKettle,
  galleryBridge,
  loftStairs,
  openGate,
  scan,
  steward,
  supervisor,
  ticketInHand,
} from './journey-gate.ts';
import { transferPages } from './journey-transfer-pages.ts';
import { activateHere, openLiveTicket, pressable } from './journey-live.ts';
import { moneyPages } from './journey-money-pages.ts';
import { disputePages } from './journey-dispute-pages.ts';
import { paymentPages } from './journey-payment-pages.ts';
import { staffPages } from './journey-staff-pages.ts';
import { waysInPages } from './journey-ways-in-pages.ts';
import { bookByApi, fillCheckout, newPerson, openDays, orderButton, readMail, signInQuickly } from './journey-steps.ts';

type Open = (page: Page) => Promise<unknown>;

const checkoutUrl = `${pathTo('checkout', { slug: openDays.slug })}?q_${openDays.entryId}=2`;

async function gateAfter(page: Page, codes: (code: string) => string[], gateId?: string): Promise<void> {
  const { code } = await ticketInHand(page);
  await signInQuickly(page, steward.id);
  await openGate(page, gateId);
  for (const scanned of codes(code)) await scan(page, scanned);
}

async function supervise(page: Page, typeId: string, gateId?: string): Promise<void> {
  const { code } = await ticketInHand(page, { typeId });
  await signInQuickly(page, supervisor.id);
  await openGate(page, gateId);
  await scan(page, code);
}

async function superviseAt(page: Page, route: 'gateFind' | 'gateEmergency' | 'studioTrail'): Promise<void> {
  await signInQuickly(page, supervisor.id);
  await page.goto(pathTo(route, { slug: openDays.slug }));
}

async function orderMail(page: Page) {
  const person = newPerson();
  await bookByApi(page, {}, person);
  return readMail(page, person.email, /Open Days/);
}

/** The pages everybody meets, looked at in each run; the rest waits for the full one. */
export const usualPages: ReadonlySet<string> = new Set(
  'catalogue event checkout-refused order ticket-live-shown ticket-used wallet-mixed waitlist order-document not-found'
    .concat(' gate-grant gate-fraud gate-name gate-find studio-trail sign-in security account account-erase')
    .concat(' ticket-give transfer-mailed ticket-given')
    .split(' ')
    .concat(Object.keys(paymentPages)),
);

/** Every kind of page, and each state of one that looks different, by the name its pictures are kept under. */
export const everyPage: Readonly<Record<string, Open>> = {
  catalogue: (page) => page.goto(pathTo('home')),
  event: (page) => page.goto(pathTo('event', { slug: '247gbs-expo' })),
  programme: (page) => page.goto(pathTo('eventProgramme', { slug: '247gbs-expo' })),
  'event-free': (page) => page.goto(pathTo('event', { slug: openDays.slug })),
  'event-over': (page) => page.goto(pathTo('event', { slug: 'offset-print-fair' })),
  business: (page) => page.goto(pathTo('business', { slug: 'common-thread' })),
  checkout: (page) => page.goto(checkoutUrl),
  'checkout-refused': async (page) => {
    await fillCheckout(page, { name: 'Ama Journey', email: 'nobody@nowhere' });
    await orderButton(page).click();
    await page.getByRole('alert').waitFor();
  },
  order: async (page) => {
    const { orderId } = await bookByApi(page, { quantity: 2 });
    await page.goto(pathTo('order', { orderId }));
  },
  ticket: async (page) => {
    const { orderId, tickets } = await bookByApi(page, { quantity: 2 });
    await page.goto(pathTo('ticket', { orderId, ticketId: tickets[0]?.ticketId ?? '' }));
  },
  'ticket-live': async (page) => {
    await openLiveTicket(page);
    await pressable(page, messages.liveCode.offer.action).waitFor();
  },
  'ticket-live-shown': async (page) => {
    await openLiveTicket(page);
    await activateHere(page);
  },
  'wallet-offline': async (page) => {
    await page.goto(pathTo('walletOffline'));
    await page.getByText(messages.liveCode.offline.empty).waitFor();
  },
  wallet: async (page) => {
    await bookByApi(page, { quantity: 2 });
    await page.goto(pathTo('wallet'));
  },
  'wallet-mixed': async (page) => {
    await bookByApi(page, { slug: '247gbs-expo', typeId: 'visitor-day-4' });
    await bookByApi(page, anyTwoDays);
    await bookByApi(page, { quantity: 3 });
    await page.goto(pathTo('wallet'));
    await page.getByText(messages.ticket.wallet.barcode).first().click();
  },
  'ticket-used': async (page) => {
    const { code } = await ticketInHand(page);
    const other = await page
      .context()
      .browser()
      ?.newPage({ baseURL: new URL(page.url()).origin });
    if (other === undefined) throw new Error('The page has no browser for a steward');
    await signInQuickly(other, steward.id);
    await openGate(other);
    await scan(other, code);
    await other.close();
    await page.locator('.ticket-history li').waitFor();
    await page.getByText(messages.ticket.wallet.barcode).click();
  },
  'wallet-empty': (page) => page.goto(pathTo('wallet')),
  'sign-in': (page) => page.goto(pathTo('signIn')),
  ...waysInPages,
  'order-link': async (page) => {
    const { text } = await orderMail(page);
    // Another browser than the one that booked: there is nothing to press in that one.
    await page.context().clearCookies();
    await page.goto(linkIn(text, pathTo('orderLink')));
  },
  'not-found': (page) => page.goto('/nothing/here'),
  'not-yours': async (page) => {
    await signInQuickly(page, 'per_demo_customer');
    await page.goto(pathTo('gate'));
  },
  'gate-list': async (page) => {
    await signInQuickly(page, steward.id);
    await page.goto(pathTo('gate'));
  },
  gate: (page) => gateAfter(page, () => []),
  'gate-grant': (page) => gateAfter(page, (code) => [code]),
  'gate-refuse': (page) => gateAfter(page, (code) => [code, code]),
  'gate-redirect': (page) => gateAfter(page, (code) => [code], loftStairs.id),
  'gate-partial': (page) => gateAfter(page, (code) => [code], galleryBridge.id),
  'gate-name': (page) => supervise(page, 'night-kettle-shift'),
  'gate-counter': (page) => supervise(page, 'night-kettle-shift', bigKettle.id),
  'gate-by-hand': async (page) => {
    const { handle } = await ticketInHand(page);
    await signInQuickly(page, supervisor.id);
    await openGate(page);
    for (const scanned of [handle, handle]) await scan(page, scanned);
    await page.getByText(messages.gate.steps.byHand).click();
  },
  'gate-find': async (page) => {
    const person = newPerson();
    await bookByApi(page, { quantity: 2 }, person);
    await superviseAt(page, 'gateFind');
    await page.getByLabel(messages.gate.find.label).fill(person.email);
    await page.getByRole('button', { name: messages.gate.find.search, exact: true }).click();
    await page.getByRole('button', { name: messages.gate.find.choose }).click();
    await page.getByText(person.name).waitFor();
  },
  'gate-emergency': (page) => superviseAt(page, 'gateEmergency'),
  'studio-trail': (page) => superviseAt(page, 'studioTrail'),
  waitlist: (page) => page.goto(`${pathTo('waitlist', { slug: openDays.slug })}?type=kiln-firing`),
  'waitlist-joined': (page) => page.goto(`${pathTo('waitlist', { slug: openDays.slug })}?type=kiln-firing&joined`),
  'checkout-opened': async (page) => {
    await page.goto(pathTo('goLink', { code: 'lantern-thanks' }));
    await page.goto(checkoutUrl);
  },
  'gate-fraud': (page) => gateAfter(page, (code) => [alter(code, 100)]),
  mailbox: async (page) => {
    await orderMail(page);
    await page.goto('/local/mailbox');
  },
  mail: async (page) => page.goto((await orderMail(page)).path),
  'demo-sign-in': (page) => page.goto('/local/sign-in'),
  ...accountPages,
  ...moneyPages,
  ...transferPages,
  ...paymentPages,
  ...disputePages,
  ...staffPages,
};
