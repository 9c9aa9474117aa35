import { createExecutionContext } from 'cloudflare:test';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { hourMs, minuteMs } from '#shared/time.ts';
import type { WalletCopy } from '#shared/wallet/kept-ticket.ts';
import { buy, customer, withCookies } from '#test/support/customers.ts';
import { environment } from '#test/support/environment.ts';
import { createApp } from '#workers/app.ts';
import { customerIdOf } from '#workers/keys/pseudonym.ts';
import { signToken } from '#workers/keys/signed-token.ts';
import { settingsOf } from '#workers/env.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { cookiesOf, origin } from './site.ts';

// Before the first request: services take the clock they find.
vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });

const site = createApp();
const withDatabase = { ...environment };
const silent = {
  prepare: () => {
    throw new Error('the database does not answer');
  },
};
const withoutDatabase = { ...environment, DB: silent as unknown as D1Database };

async function ask(env: typeof environment, path: string, headers: Record<string, string>, method = 'GET') {
  const request = new Request(new URL(path, origin), { method, headers: { accept: 'text/html', origin, ...headers } });
  return site.fetch(request, env, createExecutionContext());
}

const whileAnswering = ask.bind(undefined, withDatabase);
const whileSilent = ask.bind(undefined, withoutDatabase);

async function readerOf(headers: Record<string, string>): Promise<string> {
  const cookie = cookiesOf(await whileAnswering(pathTo('wallet'), headers));
  return cookie.split('; ').find((one) => one.startsWith('__Host-reader=')) ?? '';
}

async function withTickets() {
  const ama = await customer();
  const order = await buy(ama.email, 2);
  const reader = await readerOf(ama.headers);
  // Longer than sessions are trusted by whoever saw them confirmed: only the cookie is left.
  vi.setSystemTime(Date.now() + 20 * minuteMs);
  const ticketId = order.tickets[0]?.ticketId ?? '';
  const ticket = pathTo('ticket', { orderId: order.orderId, ticketId });
  return { ama, order, ticket, reader, headers: withCookies(ama, reader) };
}

describe('while the database does not answer', () => {
  beforeEach(() => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
  });

  it('the wallet, its tickets and their order go on for whoever drew the wallet within the hour', async () => {
    const { order, ticket, headers } = await withTickets();
    const wallet = await whileSilent(pathTo('wallet'), headers);
    expect(wallet.status).toBe(200);
    const page = await wallet.text();
    expect(page).toContain(order.orderId);
    expect(page).toContain(messages.ticket.wallet.partialTitle);
    const shown = await whileSilent(ticket, headers);
    expect([shown.status, (await shown.text()).includes('<svg')]).toEqual([200, true]);
    expect((await whileSilent(pathTo('order', { orderId: order.orderId }), headers)).status).toBe(200);
  });

  it('a phone is told what is still known, and that there may be more: it throws nothing away', async () => {
    const { order, headers } = await withTickets();
    const copy = await (await whileSilent(pathTo('walletCopy'), headers)).json<WalletCopy>();
    const bought = order.tickets.map(({ ticketId }) => ticketId);
    expect(copy.tickets.map(({ ticketId }) => ticketId)).toEqual(expect.arrayContaining(bought));
    expect(copy.isComplete).toBe(false);
  });

  it('an order beyond the newest twenty is known by its buyer’s pseudonym', async () => {
    const { ama, ticket } = await withTickets();
    const { masterKey } = settingsOf(environment);
    const customerId = await customerIdOf(masterKey, ama.email);
    const few = { customerId, orderIds: [], expiresAtMs: Date.now() + minuteMs };
    const cookie = `__Host-reader=${await signToken(masterKey, 'reader', few)}`;
    expect((await whileSilent(ticket, withCookies(ama, cookie))).status).toBe(200);
  });

  it('nothing but looking is possible by it', async () => {
    const { order, headers } = await withTickets();
    const { orderId } = order;
    const asked = [
      ['POST', pathTo('orderPay', { orderId })],
      ['GET', pathTo('orderCalendar', { orderId })],
      ['GET', pathTo('apiOrder', { orderId })],
      ['POST', pathTo('orderClaim', { orderId })],
      ['POST', pathTo('orderKeep', { orderId })],
      ['GET', pathTo('account')],
      ['GET', pathTo('accountProfile')],
      ['POST', pathTo('accountExport')],
      ['POST', pathTo('accountErase')],
    ] as const;
    const answers = [];
    for (const [method, path] of asked) answers.push([path, (await whileSilent(path, headers, method)).ok]);
    expect(answers).toEqual(asked.map(([, path]) => [path, false]));
  });

  it('shows nobody else’s tickets, and a forged or borrowed one shows none', async () => {
    const other = await withTickets();
    const one = await withTickets();
    expect((await whileSilent(other.ticket, one.headers)).status).toBe(404);
    const { masterKey } = settingsOf(environment);
    const grant = { orderIds: [one.order.orderId], expiresAtMs: Date.now() + hourMs };
    const forged = [
      await signToken(masterKey, 'order-access', grant),
      await signToken(new Uint8Array(32), 'reader', grant),
      `${btoa(JSON.stringify(grant))}.`,
      'nonsense',
    ];
    const someone = await customer();
    for (const token of forged) {
      const headers = withCookies(someone, `__Host-reader=${token}`);
      expect((await whileSilent(one.ticket, headers)).status).toBe(404);
    }
  });

  it('a guest’s own orders open as ever', async () => {
    const order = await buy('silent@guests.example');
    const page = pathTo('order', { orderId: order.orderId });
    expect((await whileSilent(page, { cookie: order.cookie })).status).toBe(200);
    const wallet = await (await whileSilent(pathTo('wallet'), { cookie: order.cookie })).text();
    expect(wallet).toContain(order.orderId);
  });
});

describe('the reader’s cookie', () => {
  beforeEach(() => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
  });

  it('ends after its hour', async () => {
    const { ticket, headers } = await withTickets();
    vi.setSystemTime(Date.now() + 40 * minuteMs);
    expect((await whileSilent(ticket, headers)).status).toBe(404);
  });

  it('counts for nothing while the database answers: a revoked session is over at once', async () => {
    const { ama, reader, ticket } = await withTickets();
    await whileAnswering(pathTo('signOut'), ama.headers, 'POST');
    const headers = withCookies(ama, reader);
    expect((await whileAnswering(ticket, headers)).status).toBe(404);
    expect(await (await whileAnswering(pathTo('wallet'), headers)).text()).not.toContain(ticket);
  });

  it('dies at sign-out and names nobody', async () => {
    const { ama, reader, headers } = await withTickets();
    const out = await whileAnswering(pathTo('signOut'), headers, 'POST');
    expect(out.headers.getSetCookie().some((cookie) => /^__Host-reader=;.*Max-Age=0/.test(cookie))).toBe(true);
    const [body = ''] = reader.replace('__Host-reader=', '').split('.');
    const said = atob(body.replaceAll('-', '+').replaceAll('_', '/'));
    for (const name of [ama.email, ama.personId]) expect(said).not.toContain(name);
  });

  it('alone, without a session’s cookie, shows nothing', async () => {
    const { ticket, reader } = await withTickets();
    expect((await whileSilent(ticket, { cookie: reader })).status).toBe(404);
  });
});
