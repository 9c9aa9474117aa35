import { beforeAll, describe, expect, it } from 'vitest';
import { pathTo } from '#workers/routes.ts';
import { businessId, placeOrder, publishEvent, signedIn, visit, type ProblemBody } from './site.ts';

/** A gate's work for programs: the same doors that handhelds, turnstiles and partners' apps use. */

type Answer = {
  scanId: string | null;
  verdict?: { outcome: string; reason: string };
  problem?: { code: string; status: number };
};

let steward: Record<string, string>;
let supervisor: Record<string, string>;
beforeAll(async () => {
  steward = await signedIn({ businessId, role: 'gate_steward' });
  supervisor = await signedIn({ businessId, role: 'supervisor' });
});

function post(path: string, body: unknown, headers = steward): Promise<Response> {
  return visit(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

const scanOf = (code: string, more: object = {}) => {
  return { scanId: crypto.randomUUID(), gateId: 'north', code, ...more };
};

async function eventWithTickets(quantity = 1) {
  const event = await publishEvent({ entry: { kind: 'reentry' }, perOrderMax: 20 });
  const { order } = await placeOrder(event.slug, quantity);
  return {
    ...event,
    path: pathTo('apiScans', { slug: event.slug }),
    handles: order.tickets.map(({ handle }) => handle),
  };
}

describe('a batch of scans', () => {
  it('answers each item, and a bad one spoils only itself', async () => {
    const { path, handles } = await eventWithTickets();
    const [handle = ''] = handles;
    const good = scanOf(handle);
    const scans = [
      good,
      { scanId: 'not-whole-1', gateId: 'north' },
      null,
      scanOf(handle, { gateId: 'nowhere' }),
      scanOf(handle, { override: { cause: 'queue_safety' } }),
      scanOf('0000000000'),
      good,
      { ...good, direction: 'out' },
    ];
    const response = await post(path, { scans });
    expect(response.status).toBe(200);
    const { answers } = await response.json<{ answers: Answer[] }>();
    expect(answers.map(({ verdict, problem }) => verdict?.reason ?? problem?.code)).toEqual([
      'admitted',
      'malformed_request',
      'malformed_request',
      'gate_unknown',
      'not_permitted',
      'unknown_ticket',
      'admitted',
      'idempotency_key_reused',
    ]);
    expect(answers[1]?.scanId).toBe('not-whole-1');
    expect(answers[2]?.scanId).toBeNull();
  });

  it('decides a thousand, and refuses each of those beyond by itself', async () => {
    const { path, handles } = await eventWithTickets();
    const [handle = ''] = handles;
    const scans = [scanOf(handle), ...Array.from({ length: 1_001 }, () => scanOf('not a code'))];
    const { answers } = await (await post(path, { scans })).json<{ answers: Answer[] }>();
    expect(answers).toHaveLength(1_002);
    expect(answers[0]?.verdict?.outcome).toBe('grant');
    expect(answers[999]?.verdict?.reason).toBe('unreadable_code');
    expect(answers.slice(1_000).map(({ problem }) => problem?.code)).toEqual(['batch_too_large', 'batch_too_large']);
  });

  it('refuses a body beyond what a thousand scans need', async () => {
    const { path } = await eventWithTickets();
    const response = await post(path, { scans: [], padding: 'x'.repeat(1_100_000) });
    expect(response.status).toBe(413);
    expect(await response.json<ProblemBody>()).toMatchObject({ code: 'body_too_large' });
  });
});

describe('one scan', () => {
  it('counts out, keeps where and when, and is taken back', async () => {
    const { path, slug, handles, trail } = await eventWithTickets();
    const [handle = ''] = handles;
    const location = { latitude: 51.47, longitude: -0.06 };
    const scan = scanOf(handle, { location, deviceAtMs: 1_700_000_000_000 });
    expect(await (await post(path, scan)).json()).toMatchObject({ outcome: 'grant' });
    expect((await trail()).findLast(({ kind }) => kind === 'scan')).toMatchObject({
      location,
      deviceAtMs: 1_700_000_000_000,
      gateId: 'north',
    });
    expect(await (await post(path, scanOf(handle, { direction: 'out' }))).json()).toMatchObject({ reason: 'exited' });
    const undo = pathTo('apiUndo', { slug });
    // Only the newest scan of a ticket.
    const refused = await post(undo, { scanId: scan.scanId, gateId: 'north' });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ code: 'scan_not_undoable' });
    const again = scanOf(handle);
    await post(path, again);
    expect((await post(undo, { scanId: again.scanId, gateId: 'north' })).status).toBe(200);
    // Another steward's scan is not mine to take back; a supervisor's word goes.
    const theirs = scanOf(handle);
    await post(path, theirs, supervisor);
    expect((await post(undo, { scanId: theirs.scanId, gateId: 'north' })).status).toBe(403);
    const mine = scanOf(handle, { direction: 'out' });
    await post(path, mine);
    expect((await post(undo, { scanId: mine.scanId, gateId: 'north' }, supervisor)).status).toBe(200);
  });

  it('is overruled by those who may, and looked up by id by nobody else', async () => {
    const event = await publishEvent({});
    const { order } = await placeOrder(event.slug);
    const path = pathTo('apiScans', { slug: event.slug });
    const [ticket] = order.tickets;
    const found = { scanId: crypto.randomUUID(), gateId: 'north', ticketId: ticket?.ticketId };
    expect((await post(path, found)).status).toBe(403);
    expect(await (await post(path, found, supervisor)).json()).toMatchObject({ reason: 'admitted' });
    const byHand = scanOf(ticket?.handle ?? '', { override: { cause: 'organiser_guest' } });
    expect(await (await post(path, byHand, supervisor)).json()).toMatchObject({
      reason: 'overridden',
      overrides: 'already_admitted',
    });
    const why = await post(path, { ...byHand, scanId: crypto.randomUUID(), override: { cause: 'felt like it' } });
    expect(why.status).toBe(400);
  });
});

it('hands a benefit out once for each that a ticket includes', async () => {
  const tea = { id: 'tea', name: 'Tea', kind: 'coupon', quantity: 2, redeemAt: 'counter' } as const;
  const { slug, trail } = await publishEvent({ benefits: [tea] });
  const { order } = await placeOrder(slug);
  const path = pathTo('apiRedemptions', { slug });
  const base = { gateId: 'north', code: order.tickets[0]?.handle ?? '', benefitId: 'tea' };
  const first = { ...base, redemptionId: crypto.randomUUID() };
  expect(await (await post(path, first)).json()).toMatchObject({ reason: 'benefit_redeemed', benefit: { left: 1 } });
  expect(await (await post(path, first)).json()).toMatchObject({ benefit: { left: 1 } });
  const tooMany = { ...base, redemptionId: crypto.randomUUID(), quantity: 2 };
  expect(await (await post(path, tooMany)).json()).toMatchObject({ reason: 'benefit_used_up' });
  expect((await post(path, { ...first, quantity: -1 })).status).toBe(400);
  expect((await trail()).filter(({ kind }) => kind === 'benefit')).toHaveLength(2);
});
