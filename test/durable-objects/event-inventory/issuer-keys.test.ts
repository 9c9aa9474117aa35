import { describe, expect, it } from 'vitest';
import { only } from '#objects/event-inventory/client.ts';
import { announcementMs } from '#shared/tickets/key-ring.ts';
import { rotateIssuerKey } from '#workers/operations/rotate-issuer-key.ts';
import { servicesOf } from '#workers/services.ts';
import { environment, keys } from '#test/support/environment.ts';
import {
  codeOf,
  emptyInventory,
  freshInventory,
  insideInventory,
  scanAt,
  sellOne,
  trailOf,
} from '#test/support/inventory.ts';
import { activated, newHolder, showLive } from '#test/support/live-codes.ts';
import { ticketType } from '#test/support/rules.ts';

const services = servicesOf(environment);
const leak = { cause: 'leak', newestKeyId: 1, staffId: 'per_admin' } as const;
const routine = { ...leak, cause: 'routine' } as const;
const everyEntry = () => ticketType({ entry: { kind: 'count', entries: 9 } }, Date.now());

describe('an event’s issuer keys', () => {
  it('begin with key 1, which everything issued so far was signed with', async () => {
    const { stub } = await freshInventory();
    expect(await stub.keyRing()).toMatchObject({ keys: [{ keyId: 1 }], signingKeyId: 1 });
  });

  it('after a leak: a new one signs at once, earlier codes are refused by a reason of their own, tickets show a fresh one', async () => {
    const { stub, eventId } = await freshInventory();
    const ticket = await sellOne(stub);
    const old = await codeOf(stub, ticket);
    const rotated = await rotateIssuerKey(services, eventId, leak);
    expect(rotated).toMatchObject({ value: { signingKeyId: 2 } });
    expect(await scanAt(stub, old)).toMatchObject({ outcome: 'refuse', reason: 'retired_key' });
    expect((await scanAt(stub, await codeOf(stub, ticket))).reason).toBe('admitted');
  });

  it('after a leak end a remembered code too', async () => {
    const { stub } = await freshInventory();
    const { ticketId } = await sellOne(stub);
    const code = await codeOf(stub, { ticketId });
    const digest = 'A'.repeat(43);
    await stub.keepDigests([{ ticketId, form: 'printed', generation: 1, keyId: 1, digest }]);
    await stub.rotateIssuerKey(leak);
    expect((await scanAt(stub, code)).reason).toBe('retired_key');
    expect(only(await stub.showTickets([ticketId])).code).toMatchObject({ header: { keyId: 2 }, isDigestKept: false });
  });

  it('after a leak end live codes of before; the phone gets a new pass with the same key and generation', async () => {
    const { stub } = await freshInventory({ ticketTypes: [ticketType({ code: 'live_only' }, Date.now())] });
    const { ticketId } = await sellOne(stub);
    const holder = await newHolder();
    const old = await activated(stub, holder, ticketId);
    await stub.rotateIssuerKey(leak);
    expect((await scanAt(stub, await showLive(old, holder))).reason).toBe('retired_key');
    const fresh = await activated(stub, holder, ticketId);
    expect((await scanAt(stub, await showLive(fresh, holder))).reason).toBe('admitted');
  });

  it('rotated as a routine: the next is announced a day before it signs, and both are good', async () => {
    const { stub } = await freshInventory({ ticketTypes: [everyEntry()] });
    const ticket = await sellOne(stub);
    const old = await codeOf(stub, ticket);
    await stub.rotateIssuerKey(routine);
    expect(await stub.keyRing()).toMatchObject({ keys: [{ keyId: 1 }, { keyId: 2 }], signingKeyId: 1 });
    expect(await codeOf(stub, ticket)).toBe(old);
    const tomorrow = () => Date.now() + announcementMs;
    const [shown] = await insideInventory(stub, { clock: tomorrow }, ({ inventory }) =>
      inventory.showTickets([ticket.ticketId]),
    );
    // The window of this ticket is over by then; what it would be signed with is not.
    expect(shown?.status).toBe('expired');
    const ring = await insideInventory(stub, { clock: tomorrow }, ({ inventory }) => inventory.keyRing());
    expect(ring.signingKeyId).toBe(2);
    const { header, grants } = only(await stub.showTickets([ticket.ticketId])).code!;
    expect((await scanAt(stub, await keys.issue({ ...header, keyId: 2 }, grants))).reason).toBe('admitted');
    expect((await scanAt(stub, old)).reason).toBe('admitted');
  });

  it('rotated twice by one click are rotated once (I5), and each rotation is in the trail', async () => {
    const { stub } = await freshInventory();
    const [one, two] = await Promise.all([stub.rotateIssuerKey(leak), stub.rotateIssuerKey(leak)]);
    expect(two).toEqual(one);
    expect((await trailOf(stub)).filter(({ kind }) => kind === 'key.rotated')).toEqual([
      expect.objectContaining({ keyId: 2, cause: 'leak', staffId: 'per_admin' }),
    ]);
  });

  it('are those of an event there is', async () => {
    expect(await emptyInventory().stub.rotateIssuerKey(leak)).toMatchObject({ failure: { code: 'event_not_on_sale' } });
  });
});
