import { expect, it } from 'vitest';
import type { Verdict } from '#shared/admission/verdict.ts';
import { pathTo } from '#workers/routes.ts';
import { businessId, orderRequest, placeOrder, type ProblemBody, publishEvent, signedIn, visit } from './site.ts';

// I1 through the public door.
it('sells 50 tickets to 50 of 200 people who ask at once, and tells the other 150', async () => {
  const event = await publishEvent({ capacity: 50 });
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, person) =>
      visit(
        pathTo('apiOrders'),
        orderRequest({
          event: event.slug,
          lines: [{ typeId: 'day', quantity: 1 }],
          contact: { name: `Person ${person}`, email: `person.${person}@crowds.example` },
        }),
      ),
    ),
  );
  const booked = answers.filter(({ status }) => status === 201);
  const told = await Promise.all(
    answers.filter(({ status }) => status === 409).map((answer) => answer.json<ProblemBody>()),
  );
  expect(booked).toHaveLength(50);
  expect(told.filter(({ code }) => code === 'sold_out')).toHaveLength(150);
  expect(await event.left()).toEqual({ day: 0 });
  const orders = await Promise.all(booked.map((answer) => answer.json<{ tickets: { ticketId: string }[] }>()));
  expect(new Set(orders.flatMap(({ tickets }) => tickets.map(({ ticketId }) => ticketId))).size).toBe(50);
}, 60_000);

// I2 through the public door.
it('lets one in of 50 who show the same ticket at once', async () => {
  const event = await publishEvent();
  const { order } = await placeOrder(event.slug);
  const steward = await signedIn({ businessId, role: 'gate_steward' });
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, scanner) =>
      visit(pathTo('apiScans', { slug: event.slug }), {
        method: 'POST',
        headers: { ...steward, 'content-type': 'application/json' },
        body: JSON.stringify({
          code: order.tickets[0]?.handle,
          gateId: scanner % 2 === 0 ? 'north' : 'south',
          scanId: `scan-${crypto.randomUUID()}`,
        }),
      }),
    ),
  );
  const verdicts = await Promise.all(answers.map((answer) => answer.json<Verdict>()));
  const granted = verdicts.filter(({ outcome }) => outcome === 'grant');
  const refused = verdicts.filter(({ reason }) => reason === 'already_admitted');
  expect([granted.length, refused.length]).toEqual([1, 49]);
  expect(refused.every(({ admission }) => admission?.gateName.endsWith('gate'))).toBe(true);
});
