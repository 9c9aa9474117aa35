import { describe, expect, it } from 'vitest';
import { only } from '#objects/event-inventory/client.ts';
import type { EventRules } from '#shared/inventory/rules.ts';
import {
  emptyInventory,
  freshInventory,
  holdRequest,
  insideInventory,
  sell,
  trailOf,
} from '#test/support/inventory.ts';
import { eventRules, ticketType } from '#test/support/rules.ts';

const text = (rules: EventRules) => JSON.stringify(rules);
const withCapacity = (rules: EventRules, capacity: number): EventRules => ({
  ...rules,
  ticketTypes: rules.ticketTypes.map((type) => ({ ...type, capacity })),
});

describe('rules', () => {
  it('are in force once the inventory accepts them', async () => {
    const { stub } = emptyInventory();
    const rules = eventRules({}, Date.now());
    expect(await stub.applyRules(3, 'abc', text(rules))).toEqual({ ok: true, value: { version: 3, hash: 'abc' } });
    expect(await stub.availability()).toEqual({ ok: true, value: { rulesVersion: 3, left: { day: 100 } } });
  });

  it('of the same version and hash get the same answer, and one entry in the log', async () => {
    const { stub, rules } = await freshInventory();
    const again = await stub.applyRules(1, 'hash-1', text(rules));
    expect(again).toEqual({ ok: true, value: { version: 1, hash: 'hash-1' } });
    expect((await trailOf(stub)).filter(({ kind }) => kind === 'rules.applied')).toHaveLength(1);
  });

  it('of the same version with other content are refused', async () => {
    const { stub, rules } = await freshInventory();
    expect(await stub.applyRules(1, 'other', text(withCapacity(rules, 5)))).toEqual({
      ok: false,
      failure: { code: 'rules_conflict', facts: { version: 1 } },
    });
    expect(await stub.availability()).toMatchObject({ value: { left: { day: 100 } } });
  });

  it('keep the event’s number: every code out there carries it', async () => {
    const { stub, rules } = await freshInventory();
    expect(await stub.applyRules(2, 'other', text({ ...rules, eventNumber: rules.eventNumber + 1 }))).toMatchObject({
      failure: { code: 'rules_invalid', facts: { problem: 'eventNumber: an event keeps its number' } },
    });
  });

  it('of a lower version are ignored: a late message undoes nothing', async () => {
    const { stub, rules } = await freshInventory();
    await stub.applyRules(5, 'five', text(withCapacity(rules, 50)));
    expect(await stub.applyRules(4, 'four', text(withCapacity(rules, 5)))).toEqual({
      ok: true,
      value: { version: 5, hash: 'five' },
    });
    expect(await stub.availability()).toMatchObject({ value: { rulesVersion: 5, left: { day: 50 } } });
  });

  it.each([
    ['no JSON', '{'],
    ['another shape', '{"eventId":"evt"}'],
    ['a zone that does not exist', text(eventRules({ ticketTypes: [ticketType({ zones: ['attic'] })] }))],
  ])('that are %s are refused with the problem, and change nothing', async (_what, document) => {
    const { stub } = await freshInventory();
    expect(await stub.applyRules(2, 'bad', document)).toEqual({
      ok: false,
      failure: { code: 'rules_invalid', facts: { problem: expect.any(String) } },
    });
    expect(await stub.availability()).toMatchObject({ value: { rulesVersion: 1 } });
  });
});

describe('I1: new rules against what is held and sold', () => {
  it('below it are refused, and nothing is changed', async () => {
    const { stub, rules } = await freshInventory();
    await sell(stub, [{ typeId: 'day', quantity: 4 }]);
    await stub.holdMany([holdRequest()]);
    expect(await stub.applyRules(2, 'two', text(withCapacity(rules, 4)))).toEqual({
      ok: false,
      failure: { code: 'rules_below_sold', facts: { stock: 'type:day', capacity: 4, taken: 5 } },
    });
    expect(await stub.availability()).toMatchObject({ value: { rulesVersion: 1, left: { day: 95 } } });
    expect(await stub.applyRules(2, 'two', text(withCapacity(rules, 5)))).toMatchObject({ ok: true });
    expect(await stub.availability()).toMatchObject({ value: { rulesVersion: 2, left: { day: 0 } } });
  });

  it('without the type are refused, until its last hold is let go', async () => {
    const { stub, rules } = await freshInventory();
    await stub.holdMany([holdRequest({ holdId: 'a' })]);
    const without = text({ ...rules, ticketTypes: [ticketType({ id: 'other' }, Date.now())] });
    expect(await stub.applyRules(2, 'two', without)).toMatchObject({ failure: { code: 'rules_stock_removed' } });
    await stub.releaseMany(['a']);
    expect(await stub.applyRules(2, 'two', without)).toMatchObject({ ok: true });
    expect(await stub.availability()).toMatchObject({ value: { left: { other: 100 } } });
  });

  it('count the holds of the very group they arrive in', async () => {
    const { stub, rules } = await freshInventory();
    const without = text({ ...rules, ticketTypes: [ticketType({ id: 'other' }, Date.now())] });
    const [held, removed, lowered] = await insideInventory(stub, {}, ({ inventory }) =>
      Promise.all([
        inventory.holdMany([holdRequest({ holdId: 'a', lines: [{ typeId: 'day', quantity: 5 }] })]),
        inventory.applyRules(2, 'two', without),
        inventory.applyRules(3, 'three', text(withCapacity(rules, 4))),
      ]),
    );
    expect(only(held)).toMatchObject({ ok: true });
    expect(removed).toMatchObject({ failure: { code: 'rules_stock_removed' } });
    expect(lowered).toMatchObject({ failure: { code: 'rules_below_sold', facts: { taken: 5 } } });
    const confirmed = only(await stub.confirmMany(['a']));
    expect(confirmed.ok ? confirmed.value.tickets : []).toHaveLength(5);
  });

  it('count what the very group they arrive in gave back', async () => {
    const { stub, rules } = await freshInventory();
    await stub.holdMany([holdRequest({ holdId: 'a' })]);
    const without = text({ ...rules, ticketTypes: [ticketType({ id: 'other' }, Date.now())] });
    const [, applied] = await insideInventory(stub, {}, ({ inventory }) =>
      Promise.all([inventory.releaseMany(['a']), inventory.applyRules(2, 'two', without)]),
    );
    expect(applied).toMatchObject({ ok: true });
    expect(await stub.availability()).toEqual({ ok: true, value: { rulesVersion: 2, left: { other: 100 } } });
  });
});
