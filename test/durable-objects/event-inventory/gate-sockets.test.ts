import { evictDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { only } from '#objects/event-inventory/client.ts';
import { unansweredLimit } from '#shared/gate/socket-messages.ts';
import { enrolled, Lane, newDevice, signProof } from '#test/support/gate-device.ts';
import { codeOf, freshInventory, reissue, scanAt, sell, sellOne, trailOf } from '#test/support/inventory.ts';

const scanOf = (code: string, id = `scan-${crypto.randomUUID()}`) => ({ t: 'scan', id, code }) as const;

async function gateWithDevice(overrides: Parameters<typeof enrolled>[1] = {}) {
  const { stub, eventId } = await freshInventory();
  const device = await enrolled(stub, overrides);
  return { stub, eventId, device };
}

describe('opening a gate socket', () => {
  it('takes the signature of the device’s own key over the nonce of this socket', async () => {
    const { stub, device } = await gateWithDevice();
    const lane = await Lane.proved(stub, device);
    expect(await lane.next('ready')).toMatchObject({ gateId: 'north', areGatesOpen: false });
  });

  it('refuses another device’s signature, an unknown device and a nonce from another socket', async () => {
    const { stub, device } = await gateWithDevice();
    const [other, stranger] = [await enrolled(stub), await newDevice()];
    const stolen = await Lane.open(stub);
    const { nonce } = await stolen.next('challenge');
    stolen.say({ t: 'prove', deviceId: device.deviceId, signature: await signProof(other, nonce) });
    expect(await stolen.closed()).toBe(4401);
    expect(await (await Lane.proved(stub, stranger)).closed()).toBe(4401);
    const replayed = await Lane.open(stub);
    await replayed.next('challenge');
    replayed.say({ t: 'prove', deviceId: device.deviceId, signature: await signProof(device, nonce) });
    expect(await replayed.closed()).toBe(4401);
  });

  it('answers no scan before the proof', async () => {
    const { stub } = await gateWithDevice();
    const code = await codeOf(stub, await sellOne(stub));
    const lane = await Lane.open(stub);
    lane.say(scanOf(code));
    expect(await lane.closed()).toBe(4401);
    expect((await scanAt(stub, code)).reason).toBe('admitted');
  });

  it('is refused to a device whose shift has ended', async () => {
    const { stub, device } = await gateWithDevice({ endsAtMs: Date.now() - 1 });
    expect(await (await Lane.proved(stub, device)).closed()).toBe(4401);
  });
});

describe('scans over a socket', () => {
  it('are answered by their id, many at once, each as over HTTP', async () => {
    const { stub, device } = await gateWithDevice();
    const tickets = await sell(stub, [{ typeId: 'day', quantity: 20 }]);
    const codes = await Promise.all(tickets.map((ticket) => codeOf(stub, ticket)));
    const lane = await Lane.proved(stub, device);
    for (const [index, code] of codes.entries()) lane.say(scanOf(code, `scan-number-${index}`));
    const answers = new Map<string, string>();
    for (const _ of codes) {
      const { id, verdict } = await lane.next('verdict');
      answers.set(id, `${verdict.reason} ${verdict.ticket?.ticketId}`);
    }
    for (const [index, ticket] of tickets.entries()) {
      expect(answers.get(`scan-number-${index}`)).toBe(`admitted ${ticket.ticketId}`);
    }
  });

  it('sent again after a reconnect get the same answer, once (I5)', async () => {
    const { stub, device } = await gateWithDevice();
    const code = await codeOf(stub, await sellOne(stub));
    const first = await Lane.proved(stub, device);
    first.say(scanOf(code, 'scan-again-1'));
    const { verdict } = await first.next('verdict');
    await evictDurableObject(stub);
    const second = await Lane.proved(stub, device);
    second.say(scanOf(code, 'scan-again-1'));
    expect((await second.next('verdict')).verdict).toEqual(verdict);
    const scans = (await trailOf(stub)).filter(({ kind }) => kind === 'scan');
    expect(scans).toHaveLength(1);
  });

  it('beyond what may wait are told so, and can be sent again', async () => {
    const { stub, device } = await gateWithDevice();
    const lane = await Lane.proved(stub, device);
    await lane.next('ready');
    for (let at = 0; at <= unansweredLimit; at += 1) lane.say(scanOf('0000000000', `scan-flood-${at}`));
    expect(await lane.next('refused')).toMatchObject({
      id: `scan-flood-${unansweredLimit}`,
      code: 'too_many_unanswered',
    });
    for (let at = 0; at < unansweredLimit; at += 1) await lane.next('verdict');
    lane.say(scanOf('0000000000', `scan-flood-${unansweredLimit}`));
    expect((await lane.next('verdict')).id).toBe(`scan-flood-${unansweredLimit}`);
  });

  it('are decided at the gate the scanner was enrolled for, in the name of who is on duty', async () => {
    const { stub, device } = await gateWithDevice({ gateId: 'stairs' });
    const code = await codeOf(stub, await sellOne(stub));
    const lane = await Lane.proved(stub, device);
    lane.say({ ...scanOf(code), gateId: 'north' });
    expect((await lane.next('verdict')).verdict.reason).toBe('wrong_gate');
    expect(await trailOf(stub)).toContainEqual(
      expect.objectContaining({ kind: 'scan', gateId: 'stairs', staffId: 'per_steward', deviceId: device.deviceId }),
    );
  });

  it('that cannot be read are refused, and the next is answered', async () => {
    const { stub, device } = await gateWithDevice();
    const code = await codeOf(stub, await sellOne(stub));
    const lane = await Lane.proved(stub, device);
    for (const text of ['{', '{"t":"scan"}', 'x'.repeat(3_000), '{"t":"dance","id":"12345678"}']) {
      lane.sayText(text);
      expect((await lane.next('refused')).code).toBe('malformed_request');
    }
    lane.say(scanOf(code));
    expect((await lane.next('verdict')).verdict.reason).toBe('admitted');
  });

  it('override only from a supervisor’s scanner', async () => {
    const { stub, device } = await gateWithDevice();
    const supervisor = await enrolled(stub, { role: 'supervisor' });
    const ticket = await sellOne(stub);
    await stub.moveMany([{ ticketId: ticket.ticketId, move: 'suspend' }]);
    const code = ticket.handle;
    const lane = await Lane.proved(stub, device);
    lane.say({ ...scanOf(code), override: { cause: 'organiser_guest' } });
    expect((await lane.next('refused')).code).toBe('not_permitted');
    const walking = await Lane.proved(stub, supervisor);
    walking.say({ ...scanOf(code), override: { cause: 'organiser_guest' } });
    expect((await walking.next('verdict')).verdict).toMatchObject({ reason: 'overridden', overrides: 'suspended' });
  });
});

describe('a device that was locked', () => {
  it('gets no further answer, even if it ignores the close', async () => {
    const { stub, device } = await gateWithDevice();
    const code = await codeOf(stub, await sellOne(stub));
    const lane = await Lane.proved(stub, device);
    await lane.next('ready');
    await stub.revokeDevices([{ deviceId: device.deviceId, staffId: 'per_supervisor' }]);
    lane.say(scanOf(code));
    expect(await lane.closed()).toBe(4403);
    expect(lane.unread().filter(({ t }) => t === 'verdict')).toEqual([]);
    expect((await scanAt(stub, code)).reason).toBe('admitted');
  });

  it('is refused by the scan’s own transaction, whatever its socket believes', async () => {
    const { stub, device } = await gateWithDevice();
    const code = await codeOf(stub, await sellOne(stub));
    await stub.revokeDevices([{ deviceId: device.deviceId, staffId: 'per_supervisor' }]);
    const request = { scanId: 'scan-revoked', code, gateId: 'north', staffId: '', isEnrolled: true };
    const answer = only(await stub.scanMany([{ ...request, deviceId: device.deviceId }]));
    expect(answer).toMatchObject({ ok: false, failure: { code: 'device_revoked' } });
    expect(await trailOf(stub)).toContainEqual(
      expect.objectContaining({ kind: 'scan.rejected', scanId: 'scan-revoked', code: 'device_revoked' }),
    );
  });

  it('does not open another socket', async () => {
    const { stub, device } = await gateWithDevice();
    await stub.revokeDevices([{ deviceId: device.deviceId, staffId: 'per_supervisor' }]);
    expect(await (await Lane.proved(stub, device)).closed()).toBe(4401);
  });
});

describe('the other gates', () => {
  it('hear of a grant, of a ticket that was moved and of a scan taken back', async () => {
    const { stub, device } = await gateWithDevice();
    const [ticket, code] = await soldWithCode(stub);
    const south = await Lane.proved(stub, await enrolled(stub, { gateId: 'south' }));
    await south.next('ready');
    const lane = await Lane.proved(stub, device);
    const scan = scanOf(code);
    lane.say(scan);
    await lane.next('verdict');
    expect((await south.next('news')).news).toEqual([['in', ticket.ticketId, 'north', expect.any(Number)]]);
    lane.say({ t: 'undo', id: scan.id });
    expect((await lane.next('undone')).id).toBe(scan.id);
    expect((await south.next('news')).news).toEqual([['back', ticket.ticketId, 'north', expect.any(Number)]]);
    await reissue(stub, ticket.ticketId);
    expect((await south.next('news')).news).toEqual([['is', ticket.ticketId, 'active', 2]]);
  });

  it('that were away hear what they missed', async () => {
    const { stub, device } = await gateWithDevice();
    const [ticket, code] = await soldWithCode(stub);
    const { seq } = await (await Lane.proved(stub, device, 0)).next('ready');
    await scanAt(stub, code, { gateId: 'south' });
    const { news } = await (await Lane.proved(stub, device, seq)).next('ready');
    expect(news).toEqual([['in', ticket.ticketId, 'south', expect.any(Number)]]);
  });
});

async function soldWithCode(stub: Awaited<ReturnType<typeof freshInventory>>['stub']) {
  const ticket = await sellOne(stub);
  return [ticket, await codeOf(stub, ticket)] as const;
}
