import { describe, expect, it } from 'vitest';
import { only } from '#objects/event-inventory/client.ts';
import { hourMs } from '#shared/time.ts';
import {
  codeOf,
  freshInventory,
  insideInventory,
  putInForce,
  scanAt,
  scanRequest,
  sellOne,
  type InventoryStub,
} from '#test/support/inventory.ts';
import { ticketType } from '#test/support/rules.ts';

async function soldTicket(overrides: Parameters<typeof freshInventory>[0] = {}) {
  const { stub, rules, eventId } = await freshInventory(overrides);
  const ticket = await sellOne(stub);
  return { stub, rules, eventId, ticket, code: await codeOf(stub, ticket) };
}
const move = async (stub: InventoryStub, ticketId: string, to: 'refund' | 'suspend' | 'reinstate') =>
  only(await stub.moveMany([{ ticketId, move: to }]));

describe('a genuine ticket', () => {
  it('is admitted, and its holder sees it used', async () => {
    const { stub, ticket, code } = await soldTicket();
    expect(await scanAt(stub, code)).toEqual({
      outcome: 'grant',
      reason: 'admitted',
      scannedAtMs: expect.any(Number),
      ticket: { ticketId: ticket.ticketId, typeName: 'Day ticket', accessLevel: 'Visitor', admitted: 1, admits: 1 },
    });
    expect(only(await stub.showTickets([ticket.ticketId]))).toMatchObject({ status: 'redeemed', admitted: 1 });
  });

  it('is admitted however a scanner that acts as a keyboard wrote it', async () => {
    const { stub, code } = await soldTicket();
    expect((await scanAt(stub, ` ${code.toLowerCase()}\r\n`)).reason).toBe('admitted');
  });

  it('scanned twice is refused with when and where it was admitted (I2)', async () => {
    const { stub, code } = await soldTicket();
    const first = await scanAt(stub, code, { gateId: 'south' });
    expect(await scanAt(stub, code, { gateId: 'north' })).toMatchObject({
      outcome: 'refuse',
      reason: 'already_admitted',
      admission: { atMs: first.scannedAtMs, gateName: 'South gate' },
    });
  });

  it('at the wrong gate is sent to the right ones, and may still enter there', async () => {
    const { stub, code } = await soldTicket();
    expect(await scanAt(stub, code, { gateId: 'stairs' })).toMatchObject({
      outcome: 'redirect',
      reason: 'wrong_gate',
      gates: ['North gate', 'South gate'],
    });
    expect((await scanAt(stub, code)).reason).toBe('admitted');
  });

  it('that was refunded is refused, and its place is for sale again', async () => {
    const { stub, ticket, code } = await soldTicket({ ticketTypes: [ticketType({ capacity: 1 }, Date.now())] });
    expect(await move(stub, ticket.ticketId, 'refund')).toEqual({ ok: true, value: 'refunded' });
    expect((await scanAt(stub, code)).reason).toBe('refunded');
    expect(await stub.availability()).toMatchObject({ value: { left: { day: 1 } } });
    expect(only(await stub.showTickets([ticket.ticketId])).code).toBeUndefined();
  });

  it('refunded twice gives its place back once (I1)', async () => {
    const { stub, ticket } = await soldTicket({ ticketTypes: [ticketType({ capacity: 1 }, Date.now())] });
    await move(stub, ticket.ticketId, 'refund');
    expect(await move(stub, ticket.ticketId, 'refund')).toEqual({ ok: true, value: 'refunded' });
    expect(await stub.availability()).toMatchObject({ value: { left: { day: 1 } } });
  });

  it('that is suspended is refused until it is reinstated', async () => {
    const { stub, ticket, code } = await soldTicket();
    await move(stub, ticket.ticketId, 'suspend');
    expect((await scanAt(stub, code)).reason).toBe('suspended');
    await move(stub, ticket.ticketId, 'reinstate');
    expect((await scanAt(stub, code)).reason).toBe('admitted');
  });

  it('of a cancelled event is refused', async () => {
    const { stub, rules, code } = await soldTicket();
    await putInForce(stub, { ...rules, status: 'cancelled' }, 2);
    expect((await scanAt(stub, code)).reason).toBe('event_cancelled');
  });

  it('follows the rules in force: a postponed event needs no new code', async () => {
    const { stub, rules, code } = await soldTicket();
    const tomorrow = { from: Date.now() + 26 * hourMs, until: Date.now() + 34 * hourMs };
    const validity = { kind: 'windows' as const, windows: [tomorrow] };
    const ticketTypes = [{ ...rules.ticketTypes[0]!, validity }];
    await putInForce(stub, { ...rules, status: 'postponed', ticketTypes }, 2);
    expect(await scanAt(stub, code)).toMatchObject({ outcome: 'redirect', reason: 'wrong_day', window: tomorrow });
    const [then] = await insideInventory(stub, { clock: () => tomorrow.from }, ({ inventory }) =>
      inventory.scanMany([scanRequest(code)]),
    );
    expect(then).toMatchObject({ value: { reason: 'admitted' } });
  });

  it('of the day before is expired, and shows its holder that it is', async () => {
    const { stub, rules, ticket, code } = await soldTicket();
    const clock = () => rules.endsAt;
    const [answer] = await insideInventory(stub, { clock }, ({ inventory }) => inventory.scanMany([scanRequest(code)]));
    expect(answer).toMatchObject({ value: { reason: 'expired', window: { until: rules.endsAt } } });
    const [shown] = await insideInventory(stub, { clock }, ({ inventory }) => inventory.showTickets([ticket.ticketId]));
    expect(shown).toMatchObject({ status: 'expired', code: undefined });
  });

  it('whose generation was raised is replaced: the old code opens nothing, the new one does (I6)', async () => {
    const { stub, ticket, code } = await soldTicket();
    await insideInventory(stub, {}, ({ state }) => {
      state.storage.sql.exec('UPDATE tickets SET generation = 2 WHERE ticket_id = ?', ticket.ticketId);
    });
    expect(await scanAt(stub, code)).toMatchObject({ outcome: 'refuse', reason: 'replaced_code' });
    expect((await scanAt(stub, await codeOf(stub, ticket))).reason).toBe('admitted');
  });
});

describe('a typed handle', () => {
  it.each<[string, (handle: string) => string]>([
    ['as it is', (handle) => handle],
    ['in lower case', (handle) => handle.toLowerCase()],
    ['with a hyphen', (handle) => `${handle.slice(0, 5)}-${handle.slice(5)}`],
    ['with spaces', (handle) => ` ${handle.slice(0, 4)} ${handle.slice(4, 7)} ${handle.slice(7)} `],
  ])('%s admits like the code', async (_how, write) => {
    const { stub, ticket } = await soldTicket();
    expect((await scanAt(stub, write(ticket.handle))).reason).toBe('admitted');
  });

  it('and the code are one ticket (I2)', async () => {
    const { stub, ticket, code } = await soldTicket();
    await scanAt(stub, ticket.handle);
    expect((await scanAt(stub, code)).reason).toBe('already_admitted');
  });

  it('nobody was given stands for no ticket', async () => {
    const { stub } = await soldTicket();
    expect((await scanAt(stub, '0000000000')).reason).toBe('unknown_ticket');
  });

  it('of another event’s ticket stands for none here', async () => {
    const [here, there] = [await soldTicket(), await soldTicket()];
    expect((await scanAt(here.stub, there.ticket.handle)).reason).toBe('unknown_ticket');
  });
});

describe('a scan that cannot be decided', () => {
  it('at a gate the event does not have is refused', async () => {
    const { stub, code } = await soldTicket();
    expect(only(await stub.scanMany([scanRequest(code, { gateId: 'back-door' })]))).toEqual({
      ok: false,
      failure: { code: 'gate_unknown', facts: { gate: 'back-door' } },
    });
  });
});
