import { expect, it } from 'vitest';
import { only } from '#objects/event-inventory/client.ts';
import { hourMs } from '#shared/time.ts';
import { freshInventory, sellOne } from '#test/support/inventory.ts';
import { ticketType } from '#test/support/rules.ts';

it('a ticket carries what it includes, when it is good, how often, where, and whether it is refunded', async () => {
  const now = Date.now();
  const refund = { kind: 'until' as const, until: now + hourMs, feePercent: 10 };
  const windows = [{ from: now - hourMs, until: now + 8 * hourMs }];
  const gift = { id: 'gift', name: 'Gift', kind: 'product' as const, quantity: 2, redeemAt: 'counter' as const };
  const type = ticketType(
    {
      accessLevel: 'All areas',
      zones: ['hall', 'gallery'],
      validity: { kind: 'windows', windows },
      entry: { kind: 'count', entries: 3 },
      benefits: [gift],
      refund,
    },
    now,
  );
  const { stub, rules } = await freshInventory({ ticketTypes: [type] });
  const { ticketId } = await sellOne(stub);
  const shown = only(await stub.showTickets([ticketId]));
  expect(shown).toMatchObject({
    ticketId,
    type: { accessLevel: 'All areas', entry: { kind: 'count', entries: 3 }, refund },
    windows,
    zones: ['Hall', 'Gallery'],
    benefitsLeft: [{ id: 'gift', name: 'Gift', left: 2 }],
  });
  // The event is sealed in its code, so that a gate tells another event's ticket from none.
  expect(shown.code?.header.eventNumber).toBe(rules.eventNumber);
});
