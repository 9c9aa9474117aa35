import { describe, expect, it } from 'vitest';
import type { EventRules, TicketType } from '#shared/inventory/rules.ts';
import { codeOf, freshInventory, scanAt, sellOne, type InventoryStub } from '#test/support/inventory.ts';
import { ticketType } from '#test/support/rules.ts';

const out = { direction: 'out' as const };
const main = { id: 'main', name: 'Main gate', zones: ['hall', 'gallery'] };

async function sold(type: Partial<TicketType> = {}, rules: Partial<EventRules> = {}) {
  const gates = [
    { id: 'north', name: 'North gate', zones: ['hall'] },
    { id: 'stairs', name: 'Gallery stairs', zones: ['gallery'] },
    main,
  ];
  const { stub } = await freshInventory({ gates, ticketTypes: [ticketType(type, Date.now())], ...rules });
  return { stub, code: await codeOf(stub, await sellOne(stub)) };
}
const inside = async (stub: InventoryStub) => (await stub.live())?.zones.map((zone) => zone.inside);

describe('zones', () => {
  it('are used one by one: in at the hall, then up to the gallery, each once (I2)', async () => {
    const { stub, code } = await sold({ zones: ['hall', 'gallery'] });
    expect((await scanAt(stub, code)).reason).toBe('admitted');
    expect((await scanAt(stub, code, { gateId: 'stairs' })).reason).toBe('admitted');
    expect((await scanAt(stub, code, { gateId: 'stairs' })).reason).toBe('already_admitted');
    expect((await scanAt(stub, code, { gateId: 'main' })).reason).toBe('already_admitted');
    expect(await inside(stub)).toEqual([1, 1]);
  });

  it('that a ticket does not open are withheld, and the answer says which', async () => {
    const { stub, code } = await sold();
    expect(await scanAt(stub, code, { gateId: 'main' })).toMatchObject({
      outcome: 'partial',
      reason: 'partly_admitted',
      zones: ['Hall'],
      withheld: ['Gallery'],
    });
    expect(await inside(stub)).toEqual([1, 0]);
  });

  it('that are full let the next in when somebody leaves', async () => {
    const zones = [
      { id: 'hall', name: 'Hall', bit: 0, occupancyLimit: 1 },
      { id: 'gallery', name: 'Gallery', bit: 1 },
    ];
    const { stub, code } = await sold({}, { zones });
    const second = await codeOf(stub, await sellOne(stub));
    await scanAt(stub, code);
    expect(await scanAt(stub, second)).toMatchObject({ outcome: 'refuse', reason: 'zone_full', withheld: ['Hall'] });
    await scanAt(stub, code, out);
    expect((await scanAt(stub, second)).reason).toBe('admitted');
  });

  it('that no gate leads to are a wrong gate, not a used ticket', async () => {
    const gates = [{ id: 'north', name: 'North gate', zones: ['hall'] }];
    const { stub, code } = await sold({ zones: ['gallery'] }, { gates });
    expect(await scanAt(stub, code)).toMatchObject({ outcome: 'redirect', reason: 'wrong_gate', gates: [] });
  });
});

describe('somebody who leaves', () => {
  it('with a single ticket does not come in again', async () => {
    const { stub, code } = await sold();
    await scanAt(stub, code);
    expect(await scanAt(stub, code, out)).toMatchObject({ outcome: 'grant', reason: 'exited' });
    expect((await scanAt(stub, code)).reason).toBe('already_admitted');
    expect(await inside(stub)).toEqual([0, 0]);
  });

  it('with a ticket for coming and going does, but not while inside', async () => {
    const { stub, code } = await sold({ entry: { kind: 'reentry' } });
    for (let visit = 0; visit < 3; visit += 1) {
      expect(await scanAt(stub, code)).toMatchObject({ reason: 'admitted', ticket: { admits: null } });
      expect((await scanAt(stub, code)).reason).toBe('already_inside');
      expect((await scanAt(stub, code, out)).reason).toBe('exited');
    }
  });

  it('was inside: nobody is counted out twice', async () => {
    const { stub, code } = await sold();
    expect((await scanAt(stub, code, out)).reason).toBe('not_inside');
    await scanAt(stub, code);
    await scanAt(stub, code, out);
    expect((await scanAt(stub, code, out)).reason).toBe('not_inside');
    expect(await inside(stub)).toEqual([0, 0]);
  });

  it('may, whatever has become of the ticket meanwhile', async () => {
    const { stub, code } = await sold();
    const verdict = await scanAt(stub, code);
    await stub.moveMany([{ ticketId: verdict.ticket!.ticketId, move: 'refund' }]);
    expect((await scanAt(stub, code, out)).reason).toBe('exited');
  });

  it('of a group is one of its people', async () => {
    const { stub, code } = await sold({ admits: 3 });
    await scanAt(stub, code);
    await scanAt(stub, code);
    await scanAt(stub, code, out);
    expect(await inside(stub)).toEqual([1, 0]);
    expect((await scanAt(stub, code)).ticket).toMatchObject({ admitted: 3, admits: 3 });
  });
});
