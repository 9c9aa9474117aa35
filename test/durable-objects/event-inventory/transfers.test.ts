import { describe, expect, it } from 'vitest';
import { only, type TransferOffer, type TransferRequest } from '#objects/event-inventory/client.ts';
import type { TicketType } from '#shared/inventory/rules.ts';
import { dayMs, hourMs } from '#shared/time.ts';
import {
  codeOf,
  freshInventory,
  holdRequest,
  insideInventory,
  putInForce,
  reissue,
  scanAt,
  sellOne,
  trailOf,
  type InventoryStub,
} from '#test/support/inventory.ts';
import { ticketType } from '#test/support/rules.ts';

const now = Date.now();
/** Whoever buys in these tests. */
const ada = holdRequest().customerId;
const [bo, cy] = ['cus_bo', 'cus_cy'];

async function event(draft: Partial<TicketType> = {}) {
  const type = ticketType({ perCustomerMax: 3, ...draft }, now);
  const { stub, rules } = await freshInventory({ ticketTypes: [type], endsAt: now + 2 * dayMs });
  return { stub, rules, ticketId: (await sellOne(stub)).ticketId };
}

const newTransferId = () => `trf_${crypto.randomUUID()}`;

async function offer(stub: InventoryStub, ticketId: string, draft: Partial<TransferOffer> = {}) {
  const request = { transferId: newTransferId(), ticketId, byCustomerId: ada, ...draft };
  return { transferId: request.transferId, answer: only(await stub.offerTickets([request])) };
}

async function offered(stub: InventoryStub, ticketId: string, draft: Partial<TransferOffer> = {}): Promise<string> {
  const made = await offer(stub, ticketId, draft);
  if (!made.answer.ok) throw new Error(`Not offered: ${made.answer.failure.code}`);
  return made.transferId;
}

async function accept(stub: InventoryStub, ticketId: string, transferId: string, draft: Partial<TransferRequest> = {}) {
  const request = { ticketId, transferId, toCustomerId: bo, byCustomerId: ada, ...draft };
  return only(await stub.transferTickets([request]));
}

const refused = (code: string, facts?: object) => ({ ok: false, failure: facts ? { code, facts } : { code } });
const shown = async (stub: InventoryStub, ticketId: string) => only(await stub.showTickets([ticketId]));
const kinds = async (stub: InventoryStub) =>
  (await trailOf(stub)).map(({ kind }) => kind).filter((kind) => /^transfer|transferred|reissued/.test(kind));

describe('a ticket that is offered', () => {
  it('stays its holder’s until it is accepted, and then its codes and its number are void at once', async () => {
    const { stub, ticketId } = await event();
    const [before, number] = [await codeOf(stub, { ticketId }), (await shown(stub, ticketId)).handle];
    const id = await offered(stub, ticketId);
    expect(await codeOf(stub, { ticketId })).toBe(before);
    expect((await shown(stub, ticketId)).transfer).toMatchObject({ transferId: id, fromCustomerId: ada });

    expect(await accept(stub, ticketId, id)).toEqual({ ok: true, value: { generation: 2 } });
    expect(await shown(stub, ticketId)).toMatchObject({ customerId: bo, transfer: undefined });
    expect((await scanAt(stub, before)).reason).toBe('replaced_code');
    expect((await scanAt(stub, number)).reason).toBe('unknown_ticket');
    expect((await scanAt(stub, await codeOf(stub, { ticketId }))).reason).toBe('admitted');
    const entries = await trailOf(stub);
    expect(entries).toContainEqual(
      expect.objectContaining({
        kind: 'ticket.transferred',
        ticketId,
        transferId: id,
        fromCustomerId: ada,
        customerId: bo,
        status: 'active',
        generation: 2,
      }),
    );
    expect(entries.find(({ kind }) => kind === 'scan')).toMatchObject({ reason: 'replaced_code', customerId: bo });
  });

  it('is accepted once: again by the same person is the same, by another one is too late (I5)', async () => {
    const { stub, ticketId } = await event();
    const id = await offered(stub, ticketId);
    const answers = await stub.transferTickets(
      [bo, cy, bo, cy].map((toCustomerId) => ({ ticketId, transferId: id, toCustomerId, byCustomerId: ada })),
    );
    const over = refused('transfer_over', { state: 'accepted' });
    expect(answers).toEqual([
      { ok: true, value: { generation: 2 } },
      over,
      { ok: true, value: { generation: 2 } },
      over,
    ]);
    expect(await kinds(stub)).toEqual(['transfer.offered', 'ticket.transferred']);
    // A request that was recorded does not bring it back once it went on.
    const next = await offered(stub, ticketId, { byCustomerId: bo });
    expect(await accept(stub, ticketId, next, { byCustomerId: bo, toCustomerId: cy })).toMatchObject({ ok: true });
    expect(await accept(stub, ticketId, id)).toEqual(over);
    expect((await shown(stub, ticketId)).customerId).toBe(cy);
  });

  it('is one offer at a time, however often it is sent', async () => {
    const { stub, ticketId } = await event();
    const request = { transferId: newTransferId(), ticketId, byCustomerId: ada, forCustomerId: bo };
    const [first, again, other] = await stub.offerTickets([
      request,
      request,
      { ...request, transferId: newTransferId() },
    ]);
    expect(first).toMatchObject({ ok: true });
    expect(again).toEqual(first);
    expect(other).toEqual(refused('transfer_open'));
    expect(only(await stub.offerTickets([{ ...request, forCustomerId: cy }]))).toEqual(
      refused('idempotency_key_reused'),
    );
    expect(await kinds(stub)).toEqual(['transfer.offered']);
  });

  it('sent to an address is for whoever proved that one', async () => {
    const { stub, ticketId } = await event();
    const id = await offered(stub, ticketId, { forCustomerId: bo });
    expect(await accept(stub, ticketId, id, { toCustomerId: cy })).toEqual(refused('transfer_for_another'));
    expect(await accept(stub, ticketId, id)).toMatchObject({ ok: true });
  });

  it('is taken back by its holder alone, and its link opens nothing then', async () => {
    const { stub, ticketId } = await event();
    const id = await offered(stub, ticketId);
    const end = { transferId: id, how: 'withdrawn' } as const;
    expect(only(await stub.endOffers([{ ...end, byCustomerId: cy }]))).toEqual(refused('transfer_unknown'));
    const twice = [end, end].map((each) => ({ ...each, byCustomerId: ada }));
    expect(await stub.endOffers(twice)).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await accept(stub, ticketId, id)).toEqual(refused('transfer_over', { state: 'withdrawn' }));
    expect(only(await stub.endOffers([{ transferId: id, how: 'declined' }]))).toEqual(
      refused('transfer_over', { state: 'withdrawn' }),
    );
    expect(await kinds(stub)).toEqual(['transfer.offered', 'transfer.withdrawn']);
    // And it can be offered to the right person now.
    expect((await offer(stub, ticketId)).answer).toMatchObject({ ok: true });
  });

  it('is declined, and stays with its holder', async () => {
    const { stub, ticketId } = await event();
    const id = await offered(stub, ticketId);
    expect(only(await stub.endOffers([{ transferId: id, how: 'declined' }]))).toMatchObject({ ok: true });
    expect(await accept(stub, ticketId, id)).toEqual(refused('transfer_over', { state: 'declined' }));
    expect(await shown(stub, ticketId)).toMatchObject({ customerId: ada, transfer: undefined });
    expect((await stub.transfer(id))?.state).toBe('declined');
  });

  it('is accepted or taken back, whichever comes first', async () => {
    const { stub, ticketId } = await event();
    const id = await offered(stub, ticketId);
    const [accepted, withdrawn] = await Promise.all([
      accept(stub, ticketId, id),
      stub.endOffers([{ transferId: id, how: 'withdrawn', byCustomerId: ada }]),
    ]);
    expect([accepted.ok, only(withdrawn).ok].filter(Boolean)).toHaveLength(1);
  });

  it('runs out by itself, and can be offered anew', async () => {
    const { stub, ticketId } = await event();
    const id = await offered(stub, ticketId);
    const endsAtMs = (await stub.transfer(id))?.endsAtMs ?? 0;
    expect(endsAtMs).toBeGreaterThan(now);
    await insideInventory(stub, { clock: () => endsAtMs }, async ({ inventory }) => {
      const late = { ticketId, transferId: id, toCustomerId: bo, byCustomerId: ada };
      expect(only(await inventory.transferTickets([late]))).toEqual(refused('transfer_over', { state: 'expired' }));
      expect(inventory.transfer(id)?.state).toBe('expired');
    });
    const before = () => endsAtMs - hourMs;
    await insideInventory(stub, { clock: before }, async ({ inventory }) => {
      expect(inventory.showTickets([ticketId])).toMatchObject([{ transfer: { transferId: id } }]);
    });
  });

  it.each<[string, Partial<TicketType>, string]>([
    ['of a kind that is its buyer’s alone', { transferable: false }, 'ticket_not_transferable'],
    ['whose time is over', { validity: past() }, 'ticket_move_illegal'],
  ])('%s is not offered', async (_what, draft, code) => {
    const { stub, ticketId } = await event(draft);
    expect((await offer(stub, ticketId)).answer).toMatchObject({ failure: { code } });
    expect(await shown(stub, ticketId)).toMatchObject({ whyNotGiven: { code } });
  });

  it('used or suspended by the time it is accepted, stays where it is', async () => {
    const used = await event();
    const first = await offered(used.stub, used.ticketId);
    expect((await scanAt(used.stub, await codeOf(used.stub, used))).reason).toBe('admitted');
    expect(await accept(used.stub, used.ticketId, first)).toEqual(refused('ticket_used'));
    expect((await offer(used.stub, used.ticketId)).answer).toMatchObject({ ok: false });
    const { stub, ticketId } = await event();
    const id = await offered(stub, ticketId);
    await stub.moveMany([{ ticketId, move: 'suspend' }]);
    expect(await accept(stub, ticketId, id)).toMatchObject({ failure: { code: 'ticket_move_illegal' } });
    expect((await shown(stub, ticketId)).customerId).toBe(ada);
    // Suspended is not over: cleared up, it passes on as it was offered.
    await stub.moveMany([{ ticketId, move: 'reinstate' }]);
    expect(await accept(stub, ticketId, id)).toMatchObject({ ok: true });
  });

  it('on which something was handed out is not given', async () => {
    const benefits = [{ id: 'bag', name: 'Bag', kind: 'product', quantity: 1, redeemAt: 'counter' }] as const;
    const { stub, ticketId } = await event({ benefits: [...benefits] });
    const id = await offered(stub, ticketId);
    const handed = { redemptionId: 'red_1', benefitId: 'bag', quantity: 1, code: await codeOf(stub, { ticketId }) };
    const at = { gateId: 'north', deviceId: 'dev_1', staffId: 'per_1' };
    expect(only(await stub.redeemMany([{ ...handed, ...at }]))).toMatchObject({ value: { outcome: 'grant' } });
    expect(await accept(stub, ticketId, id)).toEqual(refused('ticket_used'));
  });

  it('at an event that was cancelled meanwhile is not given', async () => {
    const { stub, rules, ticketId } = await event();
    const id = await offered(stub, ticketId);
    await putInForce(stub, { ...rules, status: 'cancelled' }, 2);
    expect(await accept(stub, ticketId, id)).toMatchObject({ failure: { code: 'ticket_move_illegal' } });
  });

  it('is offered by its holder alone, and to somebody else', async () => {
    const { stub, ticketId } = await event();
    expect((await offer(stub, ticketId, { byCustomerId: cy })).answer).toEqual(refused('ticket_changed'));
    expect((await offer(stub, ticketId, { forCustomerId: ada })).answer).toEqual(refused('transfer_to_self'));
    expect((await offer(stub, 'tkt_0000000000000')).answer).toEqual(refused('ticket_unknown'));
    const id = await offered(stub, ticketId);
    expect(await accept(stub, ticketId, id, { toCustomerId: ada })).toEqual(refused('transfer_to_self'));
    expect(await accept(stub, ticketId, newTransferId())).toEqual(refused('transfer_unknown'));
    const other = (await sellOne(stub)).ticketId;
    expect(await accept(stub, other, id)).toEqual(refused('transfer_unknown'));
    expect(await stub.transfer(newTransferId())).toBeUndefined();
  });

  it('loses its giver’s name, and takes its new holder’s where the gate asks for one', async () => {
    const { stub } = await event({ identity: 'name_check' });
    const request = holdRequest({ firm: true, holderName: 'Ada Giver' });
    await stub.holdMany([request]);
    const confirmed = only(await stub.confirmMany([request.holdId]));
    const ticketId = confirmed.ok ? (confirmed.value.tickets[0]?.ticketId ?? '') : '';
    const nameAtGate = async () => (await scanAt(stub, await codeOf(stub, { ticketId }))).holderName;
    expect(await nameAtGate()).toBe('Ada Giver');
    const id = await offered(stub, ticketId, { byCustomerId: request.customerId });
    await accept(stub, ticketId, id, { byCustomerId: request.customerId, holderName: 'Bo Receiver' });
    expect(await nameAtGate()).toBe('Bo Receiver');
    const back = await offered(stub, ticketId, { byCustomerId: bo });
    await accept(stub, ticketId, back, { byCustomerId: bo, toCustomerId: cy });
    expect(await nameAtGate()).toBeUndefined();
    expect(JSON.stringify(await trailOf(stub))).not.toMatch(/Giver|Receiver/);
  });
});

describe('money back', () => {
  const byBuyer = (stub: InventoryStub, ...ticketIds: string[]) =>
    stub.revokeTickets({ ticketIds, isUnusedOnly: true });

  it('voids what was offered and not accepted, and its link says so', async () => {
    const { stub, ticketId } = await event();
    const id = await offered(stub, ticketId);
    expect(await byBuyer(stub, ticketId)).toMatchObject({ ok: true });
    expect(await accept(stub, ticketId, id)).toEqual(refused('transfer_over', { state: 'void' }));
    expect(await stub.transfer(id)).toMatchObject({ state: 'void', ticket: { status: 'refunded' } });
    expect(await kinds(stub)).toEqual(['transfer.offered', 'transfer.voided']);
  });

  it('is not its buyer’s to ask for once somebody else has the ticket; given back, it is', async () => {
    const { stub, ticketId } = await event();
    const other = (await sellOne(stub)).ticketId;
    await accept(stub, ticketId, await offered(stub, ticketId));
    expect(await byBuyer(stub, other, ticketId)).toEqual(refused('ticket_given_away'));
    expect([(await shown(stub, ticketId)).status, (await shown(stub, other)).status]).toEqual(['active', 'active']);
    await accept(stub, ticketId, await offered(stub, ticketId, { byCustomerId: bo }), {
      byCustomerId: bo,
      toCustomerId: ada,
    });
    expect(await byBuyer(stub, other, ticketId)).toMatchObject({ ok: true });
  });

  it('is given, or the ticket is, whichever comes first', async () => {
    const { stub, ticketId } = await event();
    const id = await offered(stub, ticketId);
    const answers = await Promise.all([byBuyer(stub, ticketId), accept(stub, ticketId, id)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('is the organiser’s to give whoever has the ticket', async () => {
    const { stub, ticketId } = await event();
    await accept(stub, ticketId, await offered(stub, ticketId));
    expect(await stub.revokeTickets({ ticketIds: [ticketId], isUnusedOnly: false })).toMatchObject({ ok: true });
    expect((await shown(stub, ticketId)).status).toBe('refunded');
  });
});

describe('limits per customer', () => {
  const buy = async (stub: InventoryStub, customerId: string) =>
    only(await stub.holdMany([holdRequest({ customerId, firm: true })]));
  const atLimit = (taken: number) => refused('customer_limit_exceeded', { type: 'Day ticket', max: 3, taken });

  it('count a given ticket for whoever bought it and whoever holds it', async () => {
    const { stub, ticketId } = await event();
    for (const _ of [1, 2]) expect(await buy(stub, ada)).toMatchObject({ ok: true });
    expect(await buy(stub, ada)).toEqual(atLimit(3));
    await accept(stub, ticketId, await offered(stub, ticketId));
    // Giving to oneself by a link must not make room for more.
    expect(await buy(stub, ada)).toEqual(atLimit(3));
    for (const _ of [1, 2]) expect(await buy(stub, bo)).toMatchObject({ ok: true });
    expect(await buy(stub, bo)).toEqual(atLimit(3));

    // Passed on, it counts for its next holder instead; given back, once for its buyer.
    await accept(stub, ticketId, await offered(stub, ticketId, { byCustomerId: bo }), {
      byCustomerId: bo,
      toCustomerId: cy,
    });
    expect(await buy(stub, bo)).toMatchObject({ ok: true });
    await accept(stub, ticketId, await offered(stub, ticketId, { byCustomerId: cy }), {
      byCustomerId: cy,
      toCustomerId: ada,
    });
    expect(await buy(stub, ada)).toEqual(atLimit(3));
    await stub.moveMany([{ ticketId, move: 'refund' }]);
    expect(await buy(stub, ada)).toMatchObject({ ok: true });
  });

  it('give both their room back when a given ticket is refunded, and never keep anybody from accepting', async () => {
    const { stub, ticketId } = await event();
    for (const _ of [1, 2, 3]) await buy(stub, bo);
    expect(await accept(stub, ticketId, await offered(stub, ticketId))).toMatchObject({ ok: true });
    expect(await buy(stub, bo)).toEqual(atLimit(4));
    await stub.moveMany([{ ticketId, move: 'refund' }]);
    expect(await buy(stub, bo)).toEqual(atLimit(3));
    for (const _ of [1, 2, 3]) expect(await buy(stub, ada)).toMatchObject({ ok: true });
  });
});

describe('a reissue', () => {
  it('ends printed code and number, once for each request, and tells the trail who asked', async () => {
    const { stub, ticketId } = await event();
    const [before, number] = [await codeOf(stub, { ticketId }), (await shown(stub, ticketId)).handle];
    const id = crypto.randomUUID();
    expect(await reissue(stub, ticketId, id)).toEqual({ ok: true, value: { generation: 2 } });
    expect(await reissue(stub, ticketId, id)).toEqual({ ok: true, value: { generation: 2 } });
    expect((await shown(stub, ticketId)).generation).toBe(2);
    expect((await scanAt(stub, before)).reason).toBe('replaced_code');
    expect((await scanAt(stub, number)).reason).toBe('unknown_ticket');
    expect((await trailOf(stub)).filter(({ kind }) => kind === 'ticket.reissued')).toEqual([
      expect.objectContaining({ ticketId, cause: 'support', staffId: 'per_support', customerId: ada, generation: 2 }),
    ]);
    const other = (await sellOne(stub)).ticketId;
    expect(await reissue(stub, other, id)).toEqual(refused('idempotency_key_reused'));
    expect(await reissue(stub, 'tkt_0000000000000')).toEqual(refused('ticket_unknown'));
  });

  it('takes back the open offer: its link may be what leaked', async () => {
    const { stub, ticketId } = await event();
    const id = await offered(stub, ticketId);
    await reissue(stub, ticketId);
    expect(await accept(stub, ticketId, id)).toEqual(refused('transfer_over', { state: 'withdrawn' }));
    expect(await kinds(stub)).toEqual(['transfer.offered', 'ticket.reissued', 'transfer.withdrawn']);
  });

  it('asked for by its giver a moment late leaves the new holder’s code alone', async () => {
    const { stub, ticketId } = await event();
    await accept(stub, ticketId, await offered(stub, ticketId));
    const late = { reissueId: crypto.randomUUID(), ticketId, cause: 'holder', byCustomerId: ada } as const;
    expect(only(await stub.reissueTickets([late]))).toEqual(refused('ticket_changed'));
    const own = { ...late, byCustomerId: bo };
    expect(only(await stub.reissueTickets([own]))).toEqual({ ok: true, value: { generation: 3 } });
  });

  it('of a ticket that is over is refused', async () => {
    const { stub, ticketId } = await event();
    await stub.moveMany([{ ticketId, move: 'refund' }]);
    expect(await reissue(stub, ticketId)).toMatchObject({ failure: { code: 'ticket_move_illegal' } });
  });
});

function past(): TicketType['validity'] {
  return { kind: 'windows', windows: [{ from: now - 2 * hourMs, until: now - hourMs }] };
}
