import { describe, expect, it } from 'vitest';
import { only, type HoldRequest } from '#objects/event-inventory/client.ts';
import { hourMs, minuteMs } from '#shared/time.ts';
import {
  freshInventory,
  holdRequest,
  insideInventory,
  putInForce,
  scanAt,
  sell,
  type InventoryStub,
} from '#test/support/inventory.ts';
import { ticketType } from '#test/support/rules.ts';

const hold = async (stub: InventoryStub, overrides: Partial<HoldRequest> = {}) =>
  only(await stub.holdMany([holdRequest(overrides)]));
const of = (typeId: string, quantity = 1) => [{ typeId, quantity }];

describe('what one customer may have', () => {
  const limited = () => freshInventory({ ticketTypes: [ticketType({ perCustomerMax: 3 }, Date.now())] });

  it('counts over all of their orders, and over nobody else’s', async () => {
    const { stub } = await limited();
    await hold(stub, { lines: of('day', 2) });
    expect(await hold(stub, { lines: of('day', 2) })).toEqual({
      ok: false,
      failure: { code: 'customer_limit_exceeded', facts: { type: 'Day ticket', max: 3, taken: 2 } },
    });
    expect(await hold(stub, { lines: of('day', 1) })).toMatchObject({ ok: true });
    expect(await hold(stub, { customerId: 'cus_other', lines: of('day', 3) })).toMatchObject({ ok: true });
  });

  it('is theirs again when a hold ends, by hand or by the clock, and when a ticket is refunded', async () => {
    const { stub } = await limited();
    await hold(stub, { holdId: 'by-hand', lines: of('day', 3) });
    await stub.releaseMany(['by-hand']);
    await hold(stub, { holdId: 'by-clock', lines: of('day', 3), ttlMs: -1 });
    const tickets = await sell(stub, of('day', 3));
    await stub.moveMany([{ ticketId: tickets[0]!.ticketId, move: 'refund' }]);
    expect(await hold(stub, { lines: of('day', 2) })).toMatchObject({ failure: { code: 'customer_limit_exceeded' } });
    expect(await hold(stub)).toMatchObject({ ok: true });
  });

  it('holds for fifty orders at once', async () => {
    const { stub } = await limited();
    const answers = await Promise.all(Array.from({ length: 50 }, () => hold(stub)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(3);
  });
});

describe('tickets that are not for everybody', () => {
  const rewards = () =>
    freshInventory({ ticketTypes: [ticketType({ id: 'prize', name: 'Prize', category: 'reward' }, Date.now())] });
  const entitle = (stub: InventoryStub, granted: number, endsAtMs = Date.now() + hourMs) =>
    stub.grantEntitlements([{ entitlementId: 'lnk_a', typeId: 'prize', granted, endsAtMs }]);
  const claim = (stub: InventoryStub, overrides: Partial<HoldRequest> = {}) =>
    hold(stub, { lines: of('prize'), via: 'lnk_a', ...overrides });

  it.each(['reward', 'referral', 'pass'] as const)('of the kind %s need what entitles to them', async (category) => {
    const { stub } = await freshInventory({ ticketTypes: [ticketType({ category }, Date.now())] });
    expect(await hold(stub)).toEqual({
      ok: false,
      failure: { code: 'entitlement_needed', facts: { type: 'Day ticket' } },
    });
    expect(await hold(stub, { via: 'lnk_unknown' })).toMatchObject({ failure: { code: 'entitlement_needed' } });
  });

  it('that are bought, as a pass is, need nothing', async () => {
    const pass = ticketType({ category: 'pass', priceMinor: 5_000 }, Date.now());
    const { stub } = await freshInventory({ ticketTypes: [pass] });
    expect(await hold(stub)).toMatchObject({ ok: true });
  });

  it('are taken as often as was granted, then no more', async () => {
    const { stub } = await rewards();
    await entitle(stub, 2);
    expect(await claim(stub, { lines: of('prize', 2) })).toMatchObject({ ok: true });
    expect(await claim(stub)).toMatchObject({ failure: { code: 'entitlement_used_up', facts: { left: 0 } } });
    await entitle(stub, 3);
    expect(await claim(stub)).toMatchObject({ ok: true });
  });

  it('give the use back when their hold ends; a refund does not', async () => {
    const { stub } = await rewards();
    await entitle(stub, 1);
    await claim(stub, { holdId: 'by-hand' });
    await stub.releaseMany(['by-hand']);
    await claim(stub, { holdId: 'by-clock', ttlMs: -1 });
    expect(await claim(stub, { holdId: 'kept', firm: true })).toMatchObject({ ok: true });
    const confirmed = only(await stub.confirmMany(['kept']));
    const ticketId = confirmed.ok ? confirmed.value.tickets[0]!.ticketId : '';
    await stub.moveMany([{ ticketId, move: 'refund' }]);
    expect(await claim(stub)).toMatchObject({ failure: { code: 'entitlement_used_up' } });
  });

  it('are not given once it has ended', async () => {
    const { stub } = await rewards();
    await entitle(stub, 5, Date.now() + minuteMs);
    const clock = () => Date.now() + minuteMs;
    const [late] = await insideInventory(stub, { clock }, ({ inventory }) =>
      inventory.holdMany([holdRequest({ lines: of('prize'), via: 'lnk_a' })]),
    );
    expect(late).toMatchObject({ failure: { code: 'entitlement_needed' } });
  });

  it('survive an edit that makes an open type one of them: its holds end all the same', async () => {
    const { stub, rules } = await freshInventory();
    await hold(stub, { holdId: 'before', via: 'lnk_a', ttlMs: 10 * minuteMs });
    const [day] = rules.ticketTypes;
    await putInForce(stub, { ...rules, ticketTypes: [{ ...day!, category: 'reward' }] }, 2);
    await stub.grantEntitlements([
      { entitlementId: 'lnk_a', typeId: 'day', granted: 1, endsAtMs: Date.now() + hourMs },
    ]);
    const clock = () => Date.now() + 20 * minuteMs;
    const [after] = await insideInventory(stub, { clock }, ({ inventory }) =>
      inventory.holdMany([holdRequest({ via: 'lnk_a' })]),
    );
    expect(after).toMatchObject({ ok: true });
    expect(await stub.availability()).toMatchObject({ value: { left: { day: 99 } } });
  });
});

describe('a companion', () => {
  const pair = () =>
    freshInventory({
      ticketTypes: [
        ticketType({}, Date.now()),
        ticketType({ id: 'mate', name: 'Companion', companionOf: 'day' }, Date.now()),
      ],
    });

  it('comes in the same order as who they accompany, one each', async () => {
    const { stub } = await pair();
    const alone = { code: 'companion_alone', facts: { type: 'Companion', main: 'Day ticket' } };
    expect(await hold(stub, { lines: of('mate') })).toEqual({ ok: false, failure: alone });
    expect(await hold(stub, { lines: [...of('day'), ...of('mate', 2)] })).toMatchObject({ failure: alone });
    expect(await hold(stub, { lines: [...of('mate'), ...of('day')] })).toMatchObject({ ok: true });
  });

  it('is let in once who they accompany is', async () => {
    const { stub } = await pair();
    const tickets = await sell(stub, [...of('day'), ...of('mate')]);
    // Somebody else's main ticket helps nobody.
    const [other] = await sell(stub);
    const [main, mate] = [tickets[0]!, tickets[1]!];
    await scanAt(stub, other!.handle);
    expect((await scanAt(stub, mate.handle)).reason).toBe('companion_first');
    await scanAt(stub, main.handle);
    expect((await scanAt(stub, mate.handle)).reason).toBe('admitted');
  });
});
