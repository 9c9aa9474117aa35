import { describe, expect, it } from 'vitest';
import { only, type ScanRequest } from '#objects/event-inventory/client.ts';
import { undoWithinMs } from '#shared/admission/verdict.ts';
import {
  codeOf,
  freshInventory,
  insideInventory,
  scanAt,
  scanRequest,
  sellOne,
  trailOf,
  type InventoryStub,
} from '#test/support/inventory.ts';
import { enrolled } from '#test/support/gate-device.ts';
import { ticketType } from '#test/support/rules.ts';

const override = { cause: 'phone_dead' as const };
const lastScan = async (stub: InventoryStub) => (await trailOf(stub)).findLast(({ kind }) => kind === 'scan');
const insideHall = async (stub: InventoryStub) => (await stub.live())?.zones[0]?.inside;

async function sold(overrides: Parameters<typeof ticketType>[0] = {}) {
  const { stub, rules } = await freshInventory({ ticketTypes: [ticketType(overrides, Date.now())] });
  const ticket = await sellOne(stub);
  return { stub, rules, ticket, code: await codeOf(stub, ticket) };
}

describe('an override', () => {
  it('lets somebody in against the rules, counts them, and is marked with what it overruled and why', async () => {
    const { stub, ticket, code } = await sold();
    await scanAt(stub, code);
    expect(await scanAt(stub, code, { override })).toMatchObject({
      outcome: 'grant',
      reason: 'overridden',
      overrides: 'already_admitted',
      ticket: { admitted: 2, admits: 1 },
    });
    expect(await lastScan(stub)).toMatchObject({
      reason: 'overridden',
      overrides: 'already_admitted',
      cause: 'phone_dead',
      ticketId: ticket.ticketId,
      staffId: 'per_1',
      zones: ['hall'],
    });
    expect(await insideHall(stub)).toBe(2);
  });

  it('where none is needed changes nothing, and is not claimed', async () => {
    const { stub, code } = await sold();
    expect((await scanAt(stub, code, { override })).reason).toBe('admitted');
    expect(await lastScan(stub)).not.toHaveProperty('cause');
  });

  it('lets somebody without any ticket in, by hand', async () => {
    const { stub } = await sold();
    expect(await scanAt(stub, 'no code at all', { override })).toMatchObject({
      reason: 'overridden',
      overrides: 'unreadable_code',
    });
    expect(await insideHall(stub)).toBe(1);
  });

  it('never covers a forgery (I6)', async () => {
    const { stub, code } = await sold();
    const forged = `${code.slice(0, -2)}${code.endsWith('00') ? 'ZG' : '00'}`;
    expect(await scanAt(stub, forged, { override })).toMatchObject({ outcome: 'fraud', reason: 'forged_code' });
    expect(await insideHall(stub)).toBe(0);
  });

  it('into a zone that the ticket does not open can be counted out again', async () => {
    const { stub, code } = await sold();
    const stairs = { gateId: 'stairs' };
    expect((await scanAt(stub, code, { ...stairs, override })).overrides).toBe('wrong_gate');
    expect((await scanAt(stub, code, { ...stairs, direction: 'out' })).reason).toBe('exited');
    expect((await stub.live())?.zones.map(({ inside }) => inside)).toEqual([0, 0]);
  });

  it('and looking somebody up are a supervisor’s, not a steward’s device’s', async () => {
    const { stub, ticket, code } = await sold();
    const lane = await enrolled(stub);
    const boss = await enrolled(stub, { role: 'supervisor' });
    const by = (deviceId: string, overrides: Partial<ScanRequest>) =>
      stub.scanMany([scanRequest(code, { deviceId, isEnrolled: true, ...overrides })]);
    expect(only(await by(lane.deviceId, { override }))).toMatchObject({ failure: { code: 'not_permitted' } });
    const found = { ticketId: ticket.ticketId };
    expect(only(await by(lane.deviceId, found))).toMatchObject({ failure: { code: 'not_permitted' } });
    expect(only(await by(boss.deviceId, found))).toMatchObject({ value: { reason: 'admitted' } });
    expect(await lastScan(stub)).toMatchObject({ method: 'lookup', staffId: 'per_steward' });
  });
});

describe('I6: a ticket good only with its code', () => {
  const liveOnly = async () => {
    const { stub } = await freshInventory({ ticketTypes: [ticketType({ code: 'live_only' }, Date.now())] });
    return { stub, ticket: await sellOne(stub) };
  };

  it.each<[string, (ticket: { ticketId: string; handle: string }) => Partial<ScanRequest> & { code: string }]>([
    ['typed', ({ handle }) => ({ code: handle })],
    ['looked up', ({ ticketId }) => ({ code: '', ticketId })],
  ])('is not admitted when it is %s', async (_how, shown) => {
    const { stub, ticket } = await liveOnly();
    const scan = (overrides: Partial<ScanRequest>) => {
      const { code, ...rest } = shown(ticket);
      return scanAt(stub, code, { ...rest, ...overrides });
    };
    expect((await scan({})).reason).toBe('code_required');
    expect((await scan({ identity: 'name' })).reason).toBe('code_required');
    // An override alone is not enough: somebody must have compared a name.
    expect((await scan({ override })).reason).toBe('code_required');
    expect(await scan({ override, identity: 'name' })).toMatchObject({
      reason: 'overridden',
      overrides: 'code_required',
    });
    expect(await lastScan(stub)).toMatchObject({ overrides: 'code_required', cause: 'phone_dead', identity: 'name' });
  });
});

describe('I6: numbers typed by guess', () => {
  it('are braked for each device, exactly, also for a right one; others go on', async () => {
    const { stub, ticket } = await sold();
    const guesses = Array.from({ length: 21 }, (_, n) => scanRequest(String(n).padStart(10, '0')));
    const said = (await stub.scanMany(guesses)).map((answer) => (answer.ok ? answer.value.reason : ''));
    expect(said.filter((reason) => reason === 'unknown_ticket')).toHaveLength(20);
    expect(said.at(-1)).toBe('too_many_tries');
    expect((await scanAt(stub, ticket.handle)).reason).toBe('too_many_tries');
    expect((await scanAt(stub, ticket.handle, { override })).reason).toBe('too_many_tries');
    expect((await scanAt(stub, ticket.handle, { deviceId: 'dev_2' })).reason).toBe('admitted');
  });

  it('are let go of after five minutes, and never brake a code', async () => {
    const { stub, code, ticket } = await sold({ admits: 2 });
    await stub.scanMany(Array.from({ length: 30 }, () => scanRequest('0000000000')));
    expect((await scanAt(stub, code)).reason).toBe('admitted');
    const clock = () => Date.now() + 6 * 60_000;
    const [later] = await insideInventory(stub, { clock }, ({ inventory }) =>
      inventory.scanMany([scanRequest(ticket.handle)]),
    );
    expect(later).toMatchObject({ value: { reason: 'admitted' } });
  });
});

describe('while every gate admits everybody', () => {
  const open = (stub: InventoryStub, isOn: boolean) =>
    stub.setAdmitAll({ isOn, cause: 'evacuation', staffId: 'per_chief' });

  it('nobody is refused, everybody counted, and it is written who ordered it', async () => {
    const { stub, code } = await sold();
    await scanAt(stub, code);
    await open(stub, true);
    await open(stub, true);
    expect(await scanAt(stub, code)).toMatchObject({ reason: 'admit_all', overrides: 'already_admitted' });
    expect(await scanAt(stub, 'no code at all')).toMatchObject({ reason: 'admit_all', overrides: 'unreadable_code' });
    expect(await insideHall(stub)).toBe(3);
    await open(stub, false);
    expect((await scanAt(stub, code)).reason).toBe('already_admitted');
    const orders = (await trailOf(stub)).filter(({ kind }) => kind.startsWith('gates.'));
    expect(orders).toMatchObject([
      { kind: 'gates.opened', cause: 'evacuation', staffId: 'per_chief' },
      { kind: 'gates.closed' },
    ]);
  });

  it('a locked device still decides nothing', async () => {
    const { stub, code } = await sold();
    const lane = await enrolled(stub);
    await open(stub, true);
    await stub.revokeDevices([{ deviceId: lane.deviceId, staffId: 'per_chief' }]);
    const scan = scanRequest(code, { deviceId: lane.deviceId, isEnrolled: true });
    expect(only(await stub.scanMany([scan]))).toMatchObject({ failure: { code: 'device_revoked' } });
  });
});

describe('a scan taken back', () => {
  const grantOf = async (overrides: Partial<ScanRequest> = {}) => {
    const { stub, ticket, code } = await sold();
    const scan = scanRequest(code, overrides);
    await stub.scanMany([scan]);
    return { stub, ticket, code, scan };
  };

  it('leaves the ticket and the head count as they were, and both in the trail', async () => {
    const { stub, ticket, code, scan } = await grantOf();
    expect(only(await stub.undoMany([scan]))).toEqual({ ok: true, value: { scanId: scan.scanId } });
    expect(only(await stub.showTickets([ticket.ticketId]))).toMatchObject({ status: 'active', admitted: 0 });
    expect(await insideHall(stub)).toBe(0);
    const live = await stub.live();
    expect([live?.types[0]?.admitted, live?.gates[0]?.admitted]).toEqual([0, 0]);
    const kinds = (await trailOf(stub)).map(({ kind }) => kind).filter((kind) => kind.startsWith('scan'));
    expect(kinds).toEqual(['scan', 'scan.undone']);
    expect((await scanAt(stub, code)).reason).toBe('admitted');
  });

  it('twice is taken back once', async () => {
    const { stub, scan } = await grantOf();
    const [first, second] = await stub.undoMany([scan, scan]);
    expect(second).toEqual(first);
    expect(await insideHall(stub)).toBe(0);
  });

  it('is its own device’s to take back, or a supervisor’s', async () => {
    const { stub, scan } = await grantOf();
    const elsewhere = { ...scan, deviceId: 'dev_other' };
    expect(only(await stub.undoMany([elsewhere]))).toMatchObject({ failure: { code: 'not_permitted' } });
    expect(only(await stub.undoMany([{ ...elsewhere, isSupervised: true }]))).toMatchObject({ ok: true });
  });

  it('by an enrolled device goes by the rank it was enrolled with, whatever it claims', async () => {
    const { stub, scan } = await grantOf();
    const lane = await enrolled(stub);
    const boss = await enrolled(stub, { role: 'supervisor' });
    const by = (deviceId: string) => [{ ...scan, deviceId, isEnrolled: true, isSupervised: true }];
    expect(only(await stub.undoMany(by(lane.deviceId)))).toMatchObject({ failure: { code: 'not_permitted' } });
    expect(only(await stub.undoMany(by(boss.deviceId)))).toMatchObject({ ok: true });
  });

  it('can be until two minutes have passed', async () => {
    const { stub, scan } = await grantOf();
    const [answer] = await stub.scanMany([scan]);
    const at = answer?.ok === true ? answer.value.scannedAtMs : 0;
    const undoAt = (now: number) =>
      insideInventory(stub, { clock: () => now }, ({ inventory }) => inventory.undoMany([scan]));
    expect(only(await undoAt(at + undoWithinMs + 1))).toMatchObject({ failure: { code: 'undo_too_late' } });
    expect(only(await undoAt(at + undoWithinMs))).toMatchObject({ ok: true });
  });

  it('is the newest of its ticket: what came later was decided on it', async () => {
    const { stub, code, scan } = await grantOf();
    const exit = scanRequest(code, { direction: 'out' });
    await stub.scanMany([exit]);
    expect(only(await stub.undoMany([scan]))).toMatchObject({ failure: { code: 'scan_not_undoable' } });
    expect(only(await stub.undoMany([exit]))).toMatchObject({ ok: true });
    expect(await insideHall(stub)).toBe(1);
  });

  it('is none when it changed nothing, or was never made', async () => {
    const { stub, code } = await grantOf();
    const refused = scanRequest(code);
    await stub.scanMany([refused]);
    expect(await stub.undoMany([refused, scanRequest(code)])).toMatchObject([
      { failure: { code: 'scan_not_undoable' } },
      { failure: { code: 'scan_unknown' } },
    ]);
  });
});
