import { describe, expect, it } from 'vitest';
import { only } from '#objects/event-inventory/client.ts';
import type { RedemptionRequest } from '#objects/event-inventory/redemptions.ts';
import type { TicketType } from '#shared/inventory/rules.ts';
import {
  codeOf,
  freshInventory,
  insideInventory,
  scanAt,
  sellOne,
  trailOf,
  type InventoryStub,
} from '#test/support/inventory.ts';
import { eventRules, ticketType } from '#test/support/rules.ts';

const benefits: TicketType['benefits'] = [
  { id: 'book', name: 'Show catalogue', kind: 'product', quantity: 2, redeemAt: 'counter' },
  { id: 'lunch', name: 'Lunch', kind: 'service_credit', quantity: 1, redeemAt: 'pos', at: ['kitchen'] },
  { id: 'film', name: 'Film', kind: 'digital', quantity: 1, redeemAt: 'download' },
];
const shop = { latitude: 51.5, longitude: -0.1 };

async function ticketWithBenefits() {
  const gates = [
    ...eventRules().gates,
    { id: 'shop', name: 'Shop', kind: 'counter' as const, zones: ['hall'], location: shop },
    { id: 'kitchen', name: 'Kitchen', kind: 'counter' as const, zones: ['hall'] },
  ];
  const { stub } = await freshInventory({ gates, ticketTypes: [ticketType({ benefits }, Date.now())] });
  const ticket = await sellOne(stub);
  return { stub, ticket, code: await codeOf(stub, ticket) };
}

const request = (code: string, overrides: Partial<RedemptionRequest> = {}): RedemptionRequest => ({
  redemptionId: crypto.randomUUID(),
  gateId: 'shop',
  deviceId: 'dev_till',
  staffId: 'per_clerk',
  code,
  benefitId: 'book',
  quantity: 1,
  ...overrides,
});
async function redeem(stub: InventoryStub, code: string, overrides: Partial<RedemptionRequest> = {}) {
  const answer = only(await stub.redeemMany([request(code, overrides)]));
  if (!answer.ok) throw new Error(answer.failure.code);
  return answer.value;
}

describe('a benefit', () => {
  it('is handed out as often as the ticket includes it, apart from entry', async () => {
    const { stub, code } = await ticketWithBenefits();
    expect(await redeem(stub, code)).toMatchObject({
      outcome: 'grant',
      reason: 'benefit_redeemed',
      benefit: { name: 'Show catalogue', left: 1 },
      benefits: [
        { id: 'book', left: 1 },
        { id: 'lunch', left: 1 },
      ],
    });
    expect((await redeem(stub, code)).benefit).toEqual({ name: 'Show catalogue', left: 0 });
    expect(await redeem(stub, code)).toMatchObject({ outcome: 'refuse', reason: 'benefit_used_up' });
    expect((await scanAt(stub, code)).reason).toBe('admitted');
  });

  it('is handed out whole or not at all', async () => {
    const { stub, ticket, code } = await ticketWithBenefits();
    expect(await redeem(stub, code, { quantity: 3 })).toMatchObject({
      reason: 'benefit_used_up',
      benefit: { left: 2 },
    });
    expect(only(await stub.showTickets([ticket.ticketId])).benefitsLeft).toMatchObject([{ left: 2 }, { left: 1 }]);
  });

  it('of a counter of its own is given there alone, and others say where', async () => {
    const { stub, code } = await ticketWithBenefits();
    expect(await redeem(stub, code, { benefitId: 'lunch' })).toMatchObject({
      outcome: 'redirect',
      reason: 'benefit_elsewhere',
      gates: ['Kitchen'],
    });
    expect((await redeem(stub, code, { benefitId: 'lunch', gateId: 'kitchen' })).reason).toBe('benefit_redeemed');
  });

  it('that is delivered or downloaded is not a counter’s to give', async () => {
    const { stub, code } = await ticketWithBenefits();
    expect((await redeem(stub, code, { benefitId: 'film' })).reason).toBe('benefit_unknown');
  });

  it('of a refunded ticket is refused, of one whose day is over is not', async () => {
    const { stub, ticket, code } = await ticketWithBenefits();
    const clock = () => Date.now() + 20 * 3_600_000;
    const [late] = await insideInventory(stub, { clock }, ({ inventory }) => inventory.redeemMany([request(code)]));
    expect(late).toMatchObject({ value: { reason: 'benefit_redeemed' } });
    await stub.moveMany([{ ticketId: ticket.ticketId, move: 'refund' }]);
    expect((await redeem(stub, code)).reason).toBe('refunded');
  });

  it('of a forged code is flagged', async () => {
    const { stub, code } = await ticketWithBenefits();
    const forged = `${code.slice(0, -2)}${code.endsWith('00') ? 'ZG' : '00'}`;
    expect(await redeem(stub, forged)).toMatchObject({ outcome: 'fraud', reason: 'forged_code' });
  });

  it('asked for again under the same key is given once (I5)', async () => {
    const { stub, code } = await ticketWithBenefits();
    const once = request(code);
    const [first, second] = await stub.redeemMany([once, once]);
    expect(second).toEqual(first);
    expect((await redeem(stub, code)).benefit).toMatchObject({ left: 0 });
  });

  it('of 30 counters at once asking for one catalogue too many is given twice', async () => {
    const { stub, code } = await ticketWithBenefits();
    const answers = await Promise.all(Array.from({ length: 30 }, () => redeem(stub, code)));
    expect(answers.filter(({ reason }) => reason === 'benefit_redeemed')).toHaveLength(2);
  });
});

describe('every redemption is written down (I7)', () => {
  it('with place, time, staff, device and customer', async () => {
    const { stub, ticket, code } = await ticketWithBenefits();
    const here = { latitude: 51.6, longitude: -0.2 };
    const verdict = await redeem(stub, code, { location: here, deviceAtMs: 7 });
    expect((await trailOf(stub)).filter(({ kind }) => kind === 'benefit')).toEqual([
      {
        seq: expect.any(Number),
        atMs: verdict.scannedAtMs,
        kind: 'benefit',
        redemptionId: expect.any(String),
        gateId: 'shop',
        location: here,
        deviceAtMs: 7,
        staffId: 'per_clerk',
        deviceId: 'dev_till',
        customerId: 'cus_0123456789ABCDEF',
        ticketId: ticket.ticketId,
        method: 'code',
        benefitId: 'book',
        quantity: 1,
        outcome: 'grant',
        reason: 'benefit_redeemed',
      },
    ]);
  });

  it('with the counter’s own place when the device tells none', async () => {
    const { stub, code } = await ticketWithBenefits();
    await redeem(stub, code);
    expect((await trailOf(stub)).find(({ kind }) => kind === 'benefit')).toMatchObject({ location: shop });
  });

  it('the refused ones too, also when no ticket was found', async () => {
    const { stub, code } = await ticketWithBenefits();
    await redeem(stub, code, { benefitId: 'none' });
    await redeem(stub, '0000000000');
    await redeem(stub, 'no code at all');
    await stub.redeemMany([request(code, { gateId: 'cellar' })]);
    const traces = (await trailOf(stub)).flatMap((entry) =>
      entry.kind === 'benefit' ? [entry.reason] : entry.kind === 'scan.rejected' ? [entry.code] : [],
    );
    expect(traces).toEqual(['benefit_unknown', 'unknown_ticket', 'unreadable_code', 'gate_unknown']);
  });
});

describe('a counter', () => {
  it('lets nobody in, by override or open gates neither', async () => {
    const { stub, code } = await ticketWithBenefits();
    const override = { cause: 'queue_safety' as const };
    const atShop = { gateId: 'shop', override };
    expect((await scanAt(stub, code, atShop)).reason).toBe('counter_only');
    expect((await scanAt(stub, '0000000000', atShop)).reason).toBe('unknown_ticket');
    await stub.setAdmitAll({ isOn: true, cause: 'evacuation', staffId: 'per_chief' });
    expect((await scanAt(stub, code, { gateId: 'shop' })).reason).toBe('counter_only');
    const live = await stub.live();
    expect(live?.zones.map(({ inside }) => inside)).toEqual([0, 0]);
  });
});
