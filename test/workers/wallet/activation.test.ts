import { describe, expect, it } from 'vitest';
import type { LiveAnswer, ActivationPass, WalletCopy } from '#shared/wallet/kept-ticket.ts';
import { hourMs } from '#shared/time.ts';
import { activationRequest, newHolder, sentPass, showLive, type Holder } from '#test/support/live-codes.ts';
import { buy, customer, readIntoD1, type Bought } from '#test/support/customers.ts';
import { environment } from '#test/support/environment.ts';
import { scanAt } from '#test/support/inventory.ts';
import { sessionOf } from '#test/support/staff.ts';
import { inventoryOf } from '#objects/event-inventory/client.ts';
import { cookiesOf, origin, placeOrder, publishEvent, visit, type ProblemBody } from '#test/workers/http/site.ts';
import { pathTo } from '#workers/routes.ts';

type Headers = Record<string, string>;
type Live = { readonly orderId: string; readonly ticketId: string; readonly eventId: string; readonly cookie: string };

const site = await publishEvent({ code: 'live_only', perCustomerMax: 1_000 });

async function liveTicket(email = `${crypto.randomUUID()}@guests.example`): Promise<Live> {
  const { order, cookie } = await placeOrder(site.slug, 1, { name: 'Ama Buyer', email });
  return { orderId: order.orderId, ticketId: order.tickets[0]?.ticketId ?? '', eventId: site.eventId, cookie };
}

const pathOf = ({ orderId, ticketId }: Pick<Live, 'orderId' | 'ticketId'>) =>
  pathTo('ticketActivation', { orderId, ticketId });

async function ask(ticket: Live, headers: Headers = { cookie: ticket.cookie }): Promise<Response> {
  return visit(pathOf(ticket), { headers: { accept: 'application/json', ...headers } });
}

type Wish = { generation?: number; takesOver?: boolean; key?: string; body?: object };

async function press(ticket: Live, holder: Holder, headers: Headers = { cookie: ticket.cookie }, wish: Wish = {}) {
  const { generation = 1, takesOver = false, key = crypto.randomUUID() } = wish;
  const made = await activationRequest(holder, ticket.ticketId, { activationId: key, generation, takesOver });
  const { holderKey, holderProof, step } = made;
  const body = JSON.stringify({ holderKey, holderProof, step, generation, takesOver, ...wish.body });
  const json = { accept: 'application/json', 'content-type': 'application/json', 'idempotency-key': key, origin };
  return visit(pathOf(ticket), { method: 'POST', headers: { ...json, ...headers }, body });
}

const refusal = async (response: Response) => {
  const { code } = await response.json<ProblemBody>();
  return { status: response.status, code };
};

async function reasonAtGate(ticket: Live, response: Response, holder: Holder): Promise<string> {
  const { pass } = await response.clone().json<ActivationPass>();
  const stub = inventoryOf(environment.EVENT_INVENTORY, ticket.eventId);
  return (await scanAt(stub, await showLive(sentPass(pass), holder))).reason;
}

/** Signed in as the buyer, in a browser that never held the order. */
async function buyer(provedAtMs?: number) {
  const { personId, email } = await customer();
  const ticket = await liveTicket(email);
  return { ticket, headers: await sessionOf(personId, provedAtMs), proveAgain: () => sessionOf(personId) };
}

// PRD 15.1/2: one phone bears a ticket, and its owner decides which.
describe('a phone that asks to bear a ticket', () => {
  it('is given what its codes are made of, once, and they open the gate', async () => {
    const ticket = await liveTicket();
    const holder = await newHolder();
    const key = crypto.randomUUID();
    const first = await press(ticket, holder, undefined, { key });
    expect(first.status).toBe(200);
    expect(first.headers.get('cache-control')).toContain('no-store');
    const again = await press(ticket, holder, undefined, { key });
    expect((await again.json<ActivationPass>()).pass).toBe((await first.clone().json<ActivationPass>()).pass);
    expect(await reasonAtGate(ticket, first, holder)).toBe('admitted');
  });

  it('is told who bears it, and by which clock', async () => {
    const ticket = await liveTicket();
    const before = Date.now();
    const untouched = await (await ask(ticket)).json<LiveAnswer>();
    expect(untouched).toMatchObject({ status: 'paid', isEntered: false, live: { generation: 1, isOurs: false } });
    expect(untouched.live?.holderKey).toBeUndefined();
    expect(untouched.nowMs).toBeGreaterThanOrEqual(before);
    const holder = await newHolder();
    await press(ticket, holder);
    const borne = await (await ask(ticket)).json<LiveAnswer>();
    expect(borne).toMatchObject({ status: 'active', live: { holderKey: holder.publicKey, keyId: 1, isOurs: false } });
  });

  it('after another one did is told so, and takes it over only when its person says so', async () => {
    const ticket = await liveTicket();
    const [first, second] = [await newHolder(), await newHolder()];
    const taken = await press(ticket, first);
    expect(await refusal(await press(ticket, second))).toEqual({ status: 409, code: 'ticket_on_another_device' });
    const over = await press(ticket, second, undefined, { takesOver: true });
    expect(over.status).toBe(200);
    expect(await reasonAtGate(ticket, taken, first)).toBe('replaced_code');
    expect(await reasonAtGate(ticket, over, second)).toBe('admitted');
  });

  it('at the same time as another: one wins', async () => {
    const ticket = await liveTicket();
    const holders = await Promise.all([newHolder(), newHolder()]);
    const answers = await Promise.all(holders.map((holder) => press(ticket, holder)));
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409]);
  });
});

describe('taking a ticket off its phone', () => {
  it('asks somebody signed in for a fresh proof, and takes one', async () => {
    const { ticket, headers, proveAgain } = await buyer(Date.now() - hourMs);
    const [first, second] = [await newHolder(), await newHolder()];
    expect((await press(ticket, first, headers)).status).toBe(200);
    const stolen = await press(ticket, second, headers, { takesOver: true });
    expect(await refusal(stolen)).toEqual({ status: 401, code: 'proof_needed' });
    const proved = await press(ticket, second, await proveAgain(), { takesOver: true });
    expect(proved.status).toBe(200);
    expect(await reasonAtGate(ticket, proved, second)).toBe('admitted');
  });

  it('is one press for a browser that bore it and forgot its key, and for no other ticket', async () => {
    const { ticket, headers } = await buyer(Date.now() - hourMs);
    const lost = await press(ticket, await newHolder(), headers);
    const here = { ...headers, cookie: `${headers['cookie']}; ${cookiesOf(lost)}` };
    const asked = await (await ask(ticket, here)).json<LiveAnswer>();
    expect(asked.live?.isOurs).toBe(true);
    const again = await press(ticket, await newHolder(), here, { takesOver: true });
    expect(again.status).toBe(200);
    // The cookie of before named a key that bears nothing now.
    const replayed = await press(ticket, await newHolder(), here, { generation: 2, takesOver: true });
    expect(await refusal(replayed)).toEqual({ status: 401, code: 'proof_needed' });
    const forged = {
      ...headers,
      cookie: `${headers['cookie']}; ${cookiesOf(again).replace('__Host-bearer=', '__Host-bearer=e')}`,
    };
    expect((await (await ask(ticket, forged)).json<LiveAnswer>()).live?.isOurs).toBe(false);
  });
});

describe('what is refused at the door', () => {
  it('a stranger and another order’s buyer learn nothing, not even that the ticket exists', async () => {
    const [ticket, other, holder] = [await liveTicket(), await liveTicket(), await newHolder()];
    const unknown = { status: 404, code: 'ticket_unknown' };
    for (const headers of [{ cookie: 'none=1' }, { cookie: other.cookie }]) {
      expect(await refusal(await ask(ticket, headers))).toEqual(unknown);
      expect(await refusal(await press(ticket, holder, headers))).toEqual(unknown);
    }
    const noSuch = { ...ticket, ticketId: 'tkt_0000000000000' };
    expect(await refusal(await press(noSuch, holder))).toEqual(unknown);
    // One's own order's address, with somebody else's ticket in it.
    expect(await refusal(await press({ ...other, ticketId: ticket.ticketId }, holder))).toEqual(unknown);
    expect((await (await ask(ticket)).json<LiveAnswer>()).live?.holderKey).toBeUndefined();
  });

  it.each<[string, object]>([
    ['a key that is no point', { holderKey: 'B'.padEnd(87, 'A') }],
    ['a proof of another length', { holderProof: 'A' }],
    ['a step that is no number', { step: '1' }],
    ['a step before time', { step: -1 }],
    ['a generation past the last', { generation: 65_536 }],
    ['a wish that is no yes or no', { takesOver: 'yes' }],
  ])('%s', async (_what, body) => {
    const ticket = await liveTicket();
    const answer = await press(ticket, await newHolder(), undefined, { body });
    expect(await refusal(answer)).toEqual({ status: 400, code: 'malformed_request' });
  });

  it('a proof by another key', async () => {
    const ticket = await liveTicket();
    const [holder, other] = [await newHolder(), await newHolder()];
    const unproved = await press(ticket, holder, undefined, { body: { holderKey: other.publicKey } });
    expect(await refusal(unproved)).toEqual({ status: 403, code: 'activation_unproved' });
  });

  it('a request without a key of its own, and a key used for another phone', async () => {
    const ticket = await liveTicket();
    const bare = await press(ticket, await newHolder(), undefined, { key: 'short' });
    expect(await refusal(bare)).toEqual({ status: 400, code: 'idempotency_key_missing' });
    const key = crypto.randomUUID();
    await press(ticket, await newHolder(), undefined, { key });
    const reused = await press(ticket, await newHolder(), undefined, { key });
    expect(await refusal(reused)).toEqual({ status: 422, code: 'idempotency_key_reused' });
  });

  it('a page of another site', async () => {
    const ticket = await liveTicket();
    const headers = { cookie: ticket.cookie, origin: 'https://elsewhere.example' };
    expect((await press(ticket, await newHolder(), headers)).status).toBe(403);
  });
});

const copyOf = async (headers: Headers) => {
  const response = await visit(pathTo('walletCopy'), { headers: { accept: 'application/json', ...headers } });
  expect(response.headers.get('cache-control')).toContain('no-store');
  return response.json<WalletCopy>();
};

// PRD 8.1: what a phone keeps to show its tickets without network.
describe('the copy a phone keeps', () => {
  it('has this browser’s tickets, with what shows them, and nobody else’s', async () => {
    const ticket = await liveTicket();
    const paper: Bought = await buy('paper@guests.example');
    expect(await copyOf({})).toMatchObject({ tickets: [], isComplete: true });
    const { tickets, isComplete } = await copyOf({ cookie: `${ticket.cookie}; ${paper.cookie}` });
    expect(isComplete).toBe(true);
    const both = [ticket.ticketId, paper.tickets[0]?.ticketId];
    expect(new Set(tickets.map(({ ticketId }) => ticketId))).toEqual(new Set(both));
    const live = tickets.find(({ ticketId }) => ticketId === ticket.ticketId);
    expect(live).toMatchObject({ form: 'live_only', live: { generation: 1 }, activationPath: pathOf(ticket) });
    expect(live?.code).toBeUndefined();
    expect(live?.handle).toBeUndefined();
    const printed = tickets.find(({ ticketId }) => ticketId !== ticket.ticketId);
    expect(printed?.code).toMatch(/^[0-9A-Z]{141}$/);
    expect(printed?.live).toBeUndefined();
  });

  it('has the tickets of whoever is signed in, bought elsewhere', async () => {
    const { ticket, headers } = await buyer();
    await readIntoD1(ticket.orderId, ticket.eventId);
    const { tickets } = await copyOf(headers);
    expect(tickets.map(({ ticketId }) => ticketId)).toContain(ticket.ticketId);
  });
});
