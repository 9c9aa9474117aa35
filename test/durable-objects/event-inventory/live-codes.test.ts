import { describe, expect, it } from 'vitest';
import { only } from '#objects/event-inventory/client.ts';
import { decodeBase32, encodeBase32 } from '#shared/encoding/base32.ts';
import { reasons } from '#shared/admission/verdict.ts';
import { liveCodeLength } from '#shared/tickets/live-code.ts';
import { stepMs } from '#shared/tickets/steps.ts';
import { hourMs, minuteMs, secondMs } from '#shared/time.ts';
import { keys } from '#test/support/environment.ts';
import {
  codeOf,
  freshInventory,
  insideInventory,
  type InventoryStub,
  putInForce,
  reissue,
  scanAt,
  scanRequest,
  sellOne,
  trailOf,
} from '#test/support/inventory.ts';
import { activated, activationRequest, newHolder, showLive } from '#test/support/live-codes.ts';
import { ticketType } from '#test/support/rules.ts';

async function liveEvent(type: Parameters<typeof ticketType>[0] = { code: 'live_only' }) {
  const { stub, rules } = await freshInventory({ ticketTypes: [ticketType(type, Date.now())] });
  const { ticketId } = await sellOne(stub);
  return { stub, rules, ticketId, holder: await newHolder() };
}
const shown = async (stub: InventoryStub, ticketId: string) => only(await stub.showTickets([ticketId]));
const scanAtTime = (stub: InventoryStub, code: string, now: number) =>
  insideInventory(stub, { clock: () => now }, async ({ inventory }) => {
    const answer = only(await inventory.scanMany([scanRequest(code)]));
    return answer.ok ? answer.value.reason : answer.failure.code;
  });
const flipped = (code: string, bit: number) => {
  const bytes = decodeBase32(code)!;
  bytes[bit >> 3]! ^= 0x80 >> (bit & 7);
  return encodeBase32(bytes);
};

describe('I6: a live code', () => {
  it('is admitted, once', async () => {
    const { stub, ticketId, holder } = await liveEvent();
    const code = await showLive(await activated(stub, holder, ticketId), holder);
    expect(code).toHaveLength(liveCodeLength);
    expect(await scanAt(stub, code)).toMatchObject({ outcome: 'grant', reason: 'admitted' });
    expect((await scanAt(stub, code)).reason).toBe('already_admitted');
  });

  it('is admitted as a keyboard scanner wrote it', async () => {
    const { stub, ticketId, holder } = await liveEvent();
    const code = await showLive(await activated(stub, holder, ticketId), holder);
    expect((await scanAt(stub, ` ${code.toLowerCase()}\r\n`)).reason).toBe('admitted');
  });

  it('opens during thirty seconds around its step, and is stale before and after: a screenshot dies', async () => {
    const { stub, ticketId, holder } = await liveEvent({ code: 'live_only', entry: { kind: 'count', entries: 9 } });
    const pass = await activated(stub, holder, ticketId);
    const step = Math.ceil(Date.now() / stepMs) * stepMs;
    const code = await showLive(pass, holder, step);
    const at = (ms: number) => scanAtTime(stub, code, step + ms);
    expect(await at(-10 * secondMs - 1)).toBe('stale_code');
    expect(await at(-10 * secondMs)).toBe('admitted');
    expect(await at(20 * secondMs - 1)).toBe('admitted');
    expect(await at(20 * secondMs)).toBe('stale_code');
    expect(await at(minuteMs)).toBe('stale_code');
  });

  // Byte regions of the code, by the first bit after them.
  const regions: [string, number, number, string][] = [
    ['form and version', 0, 8, 'unreadable_code'],
    ['key id', 8, 16, 'forged_code'],
    ['event', 16, 48, 'wrong_event'],
    ['ticket', 48, 112, 'forged_code'],
    ['generation', 112, 128, 'forged_code'],
    ['sealed grants', 128, 192, 'forged_code'],
    ['holder’s key', 192, 456, 'forged_code'],
    ['step', 456, 488, 'wrong_holder'],
    ['issuer’s signature', 488, 1_000, 'forged_code'],
    ['holder’s signature', 1_000, 1_512, 'wrong_holder'],
  ];
  it.each(regions)('with one bit of its %s changed is refused', async (_region, from, until, reason) => {
    const { stub, ticketId, holder } = await liveEvent();
    const code = await showLive(await activated(stub, holder, ticketId), holder);
    for (let bit = from; bit < until; bit += until - from > 64 ? 11 : 3) {
      expect((await scanAt(stub, flipped(code, bit))).reason, `bit ${bit}`).toBe(reason);
    }
  });

  it('signed by another phone is fraud, whatever a supervisor says', async () => {
    const { stub, ticketId, holder } = await liveEvent();
    const pass = await activated(stub, holder, ticketId);
    const copied = await showLive(pass, await newHolder());
    expect(await scanAt(stub, copied)).toMatchObject({ outcome: 'fraud', reason: 'wrong_holder' });
    const override = { cause: 'queue_safety' } as const;
    expect((await scanAt(stub, copied, { override, identity: 'name' })).reason).toBe('wrong_holder');
  });

  it('issued for a key that nobody registered is fraud', async () => {
    const { stub, rules, ticketId, holder } = await liveEvent();
    const ticket = decodeBase32(ticketId.slice('tkt_'.length))!;
    const header = { keyId: 1, eventNumber: rules.eventNumber, ticket, generation: 1 };
    const grants = { tier: 1, access: 1, flags: 0, typeNumber: 1, exceptions: 0 };
    const pass = await keys.issueLive(header, grants, holder.point);
    expect((await scanAt(stub, await showLive(pass, holder))).reason).toBe('wrong_holder');
  });
});

describe('a ticket type says which form its gate takes', () => {
  it('live only: paper is refused, and none is made', async () => {
    const { stub, rules, ticketId } = await liveEvent({ code: 'printed' });
    const paper = await codeOf(stub, { ticketId });
    const ticketTypes = [ticketType({ code: 'live_only' }, Date.now())];
    await putInForce(stub, { ...rules, ticketTypes }, 2);
    expect(await scanAt(stub, paper)).toMatchObject({ outcome: 'refuse', reason: 'downgraded_code' });
    expect(await shown(stub, ticketId)).toMatchObject({ code: undefined, live: undefined, needsActivation: true });
  });

  it('live for re-entry: paper lets in once, then only the phone', async () => {
    const type = { code: 'live_for_reentry', entry: { kind: 'reentry' } } as const;
    const { stub, ticketId, holder } = await liveEvent(type);
    const paper = await codeOf(stub, { ticketId });
    expect((await scanAt(stub, paper)).reason).toBe('admitted');
    expect((await scanAt(stub, paper, { direction: 'out' })).reason).toBe('exited');
    expect((await scanAt(stub, paper)).reason).toBe('downgraded_code');
    const pass = await activated(stub, holder, ticketId);
    expect((await scanAt(stub, await showLive(pass, holder))).reason).toBe('admitted');
  });

  it('printed: paper is enough, and nothing has to be activated', async () => {
    const { stub, ticketId } = await liveEvent({ code: 'printed' });
    expect(await shown(stub, ticketId)).toMatchObject({ code: { form: 'printed' }, needsActivation: false });
    expect((await scanAt(stub, await codeOf(stub, { ticketId }))).reason).toBe('admitted');
  });
});

describe('activation', () => {
  it('makes a live-only ticket active: until then it is paid', async () => {
    const { stub, ticketId, holder } = await liveEvent();
    expect(await shown(stub, ticketId)).toMatchObject({ status: 'paid', needsActivation: true, live: undefined });
    await activated(stub, holder, ticketId);
    expect(await shown(stub, ticketId)).toMatchObject({
      status: 'active',
      needsActivation: false,
      live: { holderKey: holder.publicKey, header: { generation: 1 } },
    });
    expect((await trailOf(stub)).at(-1)).toMatchObject({ kind: 'ticket.moved', cause: 'activate', status: 'active' });
  });

  it('sent twice is one, with the same answer (I5)', async () => {
    const { stub, ticketId, holder } = await liveEvent();
    const request = await activationRequest(holder, ticketId);
    const [first, second] = await Promise.all([stub.activateTickets([request]), stub.activateTickets([request])]);
    expect(second).toEqual(first);
    expect((await trailOf(stub)).filter(({ kind }) => kind === 'ticket.moved')).toHaveLength(1);
  });

  it('by two phones at once: one bears it, the other is told', async () => {
    const { stub, ticketId, holder } = await liveEvent();
    const other = await newHolder();
    const requests = await Promise.all([activationRequest(holder, ticketId), activationRequest(other, ticketId)]);
    const answers = (await Promise.all(requests.map((request) => stub.activateTickets([request])))).flat();
    expect(answers.map((answer) => answer.ok || answer.failure.code)).toEqual([true, 'ticket_on_another_device']);
  });

  it('two phones taking over at once: one does, the other is told that the ticket changed', async () => {
    const { stub, ticketId, holder } = await liveEvent();
    await activated(stub, holder, ticketId);
    const others = await Promise.all([newHolder(), newHolder()]);
    const requests = await Promise.all(others.map((other) => activationRequest(other, ticketId, { takesOver: true })));
    const answers = await stub.activateTickets(requests);
    expect(answers.map((answer) => answer.ok || answer.failure.code)).toEqual([true, 'ticket_changed']);
  });

  it('on another phone ends the first one’s codes, and paper of before', async () => {
    const { stub, ticketId, holder } = await liveEvent({ code: 'live_for_reentry' });
    const paper = await codeOf(stub, { ticketId });
    const pass = await activated(stub, holder, ticketId);
    const other = await newHolder();
    const taken = await activated(stub, other, ticketId, { takesOver: true });
    expect((await scanAt(stub, await showLive(pass, holder))).reason).toBe('replaced_code');
    expect((await scanAt(stub, paper)).reason).toBe('replaced_code');
    expect((await scanAt(stub, await showLive(taken, other))).reason).toBe('admitted');
  });

  it('replayed after the ticket moved on is refused', async () => {
    const { stub, ticketId, holder } = await liveEvent();
    const recorded = await activationRequest(holder, ticketId);
    await stub.activateTickets([recorded]);
    await activated(stub, await newHolder(), ticketId, { takesOver: true });
    expect(only(await stub.activateTickets([recorded]))).toMatchObject({ failure: { code: 'activation_replayed' } });
    const underAnotherId = { ...recorded, activationId: crypto.randomUUID(), generation: 2, takesOver: true };
    expect(only(await stub.activateTickets([underAnotherId]))).toMatchObject({
      failure: { code: 'activation_unproved' },
    });
  });

  it.each([
    ['the point is off the curve', { holderKey: 'A'.padEnd(44, '_') }],
    ['the point is uncompressed', { holderKey: 'B'.padEnd(87, 'A') }],
    ['the key is empty', { holderKey: '' }],
    ['the key is another’s', { holderKey: 'A2sX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKW' }],
    ['the proof is empty', { holderProof: '' }],
    ['the proof is nonsense', { holderProof: 'A'.repeat(86) }],
  ])('is refused when %s', async (_what, overrides) => {
    const { stub, ticketId, holder } = await liveEvent();
    const request = { ...(await activationRequest(holder, ticketId)), ...overrides };
    expect(only(await stub.activateTickets([request]))).toMatchObject({ failure: { code: 'activation_unproved' } });
    expect((await shown(stub, ticketId)).needsActivation).toBe(true);
  });

  it('proved an hour ago is too old, and says what time it is', async () => {
    const { stub, ticketId, holder } = await liveEvent();
    const request = await activationRequest(holder, ticketId, { step: Math.floor((Date.now() - hourMs) / stepMs) });
    const answer = only(await stub.activateTickets([request]));
    expect(answer).toMatchObject({ failure: { code: 'activation_stale', facts: { nowMs: expect.any(Number) } } });
  });

  it('waits until the organiser opens the codes', async () => {
    const { stub, ticketId, holder } = await liveEvent({ code: 'live_only', codeFrom: Date.now() + hourMs });
    const request = await activationRequest(holder, ticketId);
    expect(only(await stub.activateTickets([request]))).toMatchObject({ failure: { code: 'code_not_yet' } });
  });

  it('of a refunded ticket is refused', async () => {
    const { stub, ticketId, holder } = await liveEvent();
    await stub.moveMany([{ ticketId, move: 'refund' }]);
    const request = await activationRequest(holder, ticketId);
    expect(only(await stub.activateTickets([request]))).toMatchObject({ failure: { code: 'ticket_move_illegal' } });
  });

  it('is asked for again once a ticket was made out anew', async () => {
    const { stub, ticketId, holder } = await liveEvent();
    const pass = await activated(stub, holder, ticketId);
    await reissue(stub, ticketId);
    expect((await scanAt(stub, await showLive(pass, holder))).reason).toBe('replaced_code');
    expect(await shown(stub, ticketId)).toMatchObject({ status: 'paid', needsActivation: true, generation: 2 });
    const again = await activated(stub, holder, ticketId, { generation: 2 });
    expect((await scanAt(stub, await showLive(again, holder))).reason).toBe('admitted');
  });
});

describe('every new refusal', () => {
  it('is a fraud only where somebody made a code nobody issued', () => {
    const { stale_code, retired_key, downgraded_code, replaced_code, wrong_holder, forged_code } = reasons;
    expect([stale_code, retired_key, downgraded_code, replaced_code]).toEqual(['refuse', 'refuse', 'refuse', 'refuse']);
    expect([wrong_holder, forged_code]).toEqual(['fraud', 'fraud']);
  });
});
