import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { events } from '#d1/schema/index.ts';
import { inventoryOf } from '#objects/event-inventory/client.ts';
import { environment } from '#test/support/environment.ts';
import { ScannerLog } from '#test/support/scanner-log.ts';
import { codeOf } from '#test/support/inventory.ts';
import { db, enrol, newPhone, newWorker, offerScanner, post, postJson, trailOf } from '#test/support/staff.ts';
import { businessId, placeOrder, publishEvent, visit } from '#test/workers/http/site.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.floor;

async function stage() {
  const { slug } = await publishEvent();
  const supervisor = await newWorker({ businessId, role: 'supervisor' });
  const [event] = await db.select().from(events).where(eq(events.slug, slug));
  const eventId = event!.id;
  return { slug, supervisor, eventId, inventory: inventoryOf(environment.EVENT_INVENTORY, eventId) };
}

async function scannerAt({ slug, supervisor, eventId }: Awaited<ReturnType<typeof stage>>) {
  const phone = await newPhone();
  const { token } = await offerScanner(slug, supervisor.headers);
  const { cookie } = await enrol(token, phone);
  const device = (await inventoryOf(environment.EVENT_INVENTORY, eventId).devices())[0]!;
  const log = new ScannerLog({ ...phone, deviceId: device.deviceId }, eventId);
  return { cookie, log };
}

describe('a scanner’s log', () => {
  it('is taken at its door, and two gates’ double admission is on the supervisor’s page, which closes it', async () => {
    const at = await stage();
    const { slug, supervisor, inventory } = at;
    const { order } = await placeOrder(slug);
    const { ticketId } = order.tickets[0]!;
    const code = await codeOf(inventory, { ticketId });
    const { cookie, log } = await scannerAt(at);
    const verdict = { outcome: 'grant', reason: 'admitted', direction: 'in' } as const;
    const told = {
      kind: 'scan' as const,
      because: 'offline' as const,
      gateId: 'north',
      ticketId,
      zones: ['hall'],
      shown: { by: 'code' as const, code },
      ...verdict,
    };
    for (const recordId of ['first-of-two', 'second-of-two']) {
      await log.append({ ...told, recordId, deviceAtMs: Date.now() });
    }
    const answer = await postJson(pathTo('gateScanLog'), { cookie }, await log.batch());
    expect(await answer.json()).toMatchObject({
      answers: [{ status: 'merged' }, { status: 'merged', incident: { kind: 'double_admission' } }],
    });

    const page = await (await visit(pathTo('studioGates', { slug }), { headers: supervisor.headers })).text();
    expect(page).toContain(messages.studio.incidents.kinds.double_admission.says);
    const closing = { incident: 'double/second-of-two', closing: 'same_person' };
    expect((await post(pathTo('studioIncident', { slug }), supervisor.headers, closing)).status).toBe(303);
    expect((await inventory.floor()).incidents).toEqual([]);
    const otherwise = await post(pathTo('studioIncident', { slug }), supervisor.headers, {
      ...closing,
      closing: 'technical',
    });
    expect(otherwise.status).toBe(409);
    const unknown = await post(pathTo('studioIncident', { slug }), supervisor.headers, {
      ...closing,
      incident: 'double/none',
    });
    expect(unknown.status).toBe(404);
  });

  it('is not taken from a browser that is no scanner, nor from another scanner', async () => {
    const at = await stage();
    const { log } = await scannerAt(at);
    await log.append({
      kind: 'undo',
      recordId: 'some-record',
      about: 'some-scan',
      gateId: 'north',
      deviceAtMs: Date.now(),
    });
    const batch = await log.batch();
    expect((await postJson(pathTo('gateScanLog'), at.supervisor.headers, batch)).status).toBe(403);
    const other = await scannerAt(await stage());
    expect((await postJson(pathTo('gateScanLog'), { cookie: other.cookie }, batch)).status).toBe(422);
  });
});

describe('telling every steward', () => {
  it('is for who supervises, says so, is kept once, and refuses what is empty or too long', async () => {
    const { slug, supervisor, inventory } = await stage();
    const path = pathTo('studioGatesMessage', { slug });
    const saying = { id: 'message-number-1', text: 'Doors close at eleven.' };
    for (const _ of ['pressed', 'pressed twice']) {
      const sent = await post(path, supervisor.headers, saying);
      expect(sent.headers.get('location')).toBe(`${pathTo('studioGates', { slug })}?did=sent`);
    }
    expect((await inventory.floor()).announcement).toMatchObject({ text: saying.text });
    const empty = await post(path, supervisor.headers, { ...saying, text: '  ' });
    expect([empty.status, (await empty.text()).includes(words.messageError)]).toEqual([422, true]);
    const steward = await newWorker({ businessId, role: 'gate_steward' });
    expect((await post(path, steward.headers, saying)).status).toBe(403);
    expect((await trailOf(businessId)).some(({ action }) => action === 'stewards.told')).toBe(true);
  });
});

describe('the printed list', () => {
  it('has each ticket’s number and no name', async () => {
    const { slug, supervisor } = await stage();
    const { order } = await placeOrder(slug);
    const page = await (await visit(pathTo('studioTicketList', { slug }), { headers: supervisor.headers })).text();
    const { handle } = order.tickets[0]!;
    expect(page.replaceAll(/[\s-]/g, '')).toContain(handle);
  });
});
