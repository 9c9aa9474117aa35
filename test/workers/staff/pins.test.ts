import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { events, staffPins } from '#d1/schema/index.ts';
import { inventoryOf } from '#objects/event-inventory/client.ts';
import { isWeakPin, pinRefusals, pinTries } from '#shared/access/pin.ts';
import { environment } from '#test/support/environment.ts';
import { db, enrol, newBusiness, newPhone, newWorker, offerScanner, post, postJson } from '#test/support/staff.ts';
import { businessId, publishEvent, visit } from '#test/workers/http/site.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.scanner;
const setPin = (by: { headers: Record<string, string> }, pin: string, business = businessId) =>
  post(pathTo('studioPin'), by.headers, { business, pin });

/** PINs that are fine and that no other test uses. */
let used = 700_853;
function freshPin(): string {
  do used += 7_013;
  while (isWeakPin(String(used)));
  return String(used);
}

async function steward() {
  const worker = await newWorker({ businessId, role: 'gate_steward' });
  const pin = freshPin();
  expect((await setPin(worker, pin)).status).toBe(303);
  return { ...worker, pin };
}

async function sharedScanner(change: Record<string, string> = {}) {
  const { slug } = await publishEvent();
  const supervisor = await newWorker({ businessId, role: 'supervisor' });
  const { token } = await offerScanner(slug, supervisor.headers, { shared: 'yes', ...change });
  const { response, cookie } = await enrol(token, await newPhone(), { name: undefined });
  expect(await response.json()).toEqual({ next: pathTo('gateShift', { slug }) });
  const [event] = await db.select().from(events).where(eq(events.slug, slug));
  const inventory = inventoryOf(environment.EVENT_INVENTORY, event!.id);
  const type = (pin: string) => post(pathTo('gateShift', { slug }), { cookie }, { pin });
  const onDuty = async () => (await inventory.devices())[0]?.staffId;
  return { slug, cookie, type, onDuty };
}

describe('a PIN', () => {
  it('is kept as a digest that says nothing, and another one for another business', async () => {
    const other = await newBusiness();
    const worker = await newWorker({ businessId, role: 'gate_steward' }, { businessId: other, role: 'gate_steward' });
    const pin = freshPin();
    expect((await setPin(worker, pin)).status).toBe(303);
    expect((await setPin(worker, pin, other)).status).toBe(303);
    const rows = await db.select().from(staffPins).where(eq(staffPins.personId, worker.personId));
    expect(new Set(rows.map(({ pinDigest }) => pinDigest)).size).toBe(2);
    expect(JSON.stringify(rows)).not.toContain(pin);
  });

  it('is one person’s: the same one is refused to a colleague, as an easy one is', async () => {
    const first = await steward();
    const second = await newWorker({ businessId, role: 'gate_steward' });
    const [taken, easy] = await Promise.all([setPin(second, first.pin), setPin(second, '123456')]);
    expect([taken.status, easy.status]).toEqual([422, 422]);
    expect(await taken.text()).toBe(await easy.text());
    // Setting one's own again is no theft.
    expect((await setPin(first, first.pin)).status).toBe(303);
  });

  it('chosen by several at the same moment is had by one', async () => {
    const workers = await Promise.all([0, 1, 2].map(() => newWorker({ businessId, role: 'gate_steward' })));
    const pin = freshPin();
    const answers = await Promise.all(workers.map((worker) => setPin(worker, pin)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 422, 422]);
  });

  it('cannot be found out by trying which ones are taken', async () => {
    const { pin } = await steward();
    const curious = await newWorker({ businessId, role: 'gate_steward' });
    for (let tries = 0; tries < pinRefusals.count; tries += 1) expect((await setPin(curious, pin)).status).toBe(422);
    expect((await setPin(curious, freshPin())).status).toBe(429);
  });

  it('is set for no business one does not scan for', async () => {
    const worker = await newWorker({ businessId, role: 'gate_steward' });
    expect((await setPin(worker, freshPin(), await newBusiness())).status).toBe(403);
    expect((await setPin(worker, freshPin(), 'biz_platform')).status).toBe(403);
  });
});

describe('a shared scanner', () => {
  it('scans for nobody until somebody types their PIN, and then in their name', async () => {
    const kit = await steward();
    const { slug, cookie, type, onDuty } = await sharedScanner();
    const scan = () =>
      postJson(
        pathTo('gateScan', { slug }),
        { cookie },
        { code: '0000000000', gateId: 'north', scanId: crypto.randomUUID() },
      );
    expect((await scan()).status).toBe(403);
    const page = await visit(pathTo('gateEvent', { slug }), { headers: { cookie, accept: 'text/html' } });
    expect([page.status, page.headers.get('location')]).toEqual([303, pathTo('gateShift', { slug })]);
    const taken = await type(kit.pin);
    expect([taken.status, taken.headers.get('location')]).toEqual([303, pathTo('gateEvent', { slug })]);
    expect(await onDuty()).toBe(kit.personId);
    expect((await scan()).status).toBe(200);
    expect((await post(pathTo('gateShiftEnd', { slug }), { cookie }, {})).status).toBe(303);
    expect(await onDuty()).toBeUndefined();
    expect((await scan()).status).toBe(403);
  });

  it('makes everybody wait after five wrong PINs, and a right one buys no new tries', async () => {
    const [kit, ama] = [await steward(), await steward()];
    const { type, onDuty } = await sharedScanner();
    for (let tries = 1; tries < pinTries.count; tries += 1) expect((await type('604817')).status).toBe(403);
    expect((await type(kit.pin)).status).toBe(303);
    expect((await type('604817')).status).toBe(403);
    const waiting = await type(ama.pin);
    expect(waiting.status).toBe(429);
    expect(await waiting.text()).toContain(words.pinWait(5));
    expect(await onDuty()).toBe(kit.personId);
    // The brake is the scanner's: nobody was locked out of another.
    expect((await (await sharedScanner()).type(ama.pin)).status).toBe(303);
  });

  it('counts wrong PINs typed at the same moment', async () => {
    const { type } = await sharedScanner();
    const answers = await Promise.all(Array.from({ length: 12 }, () => type('604817')));
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(pinTries.count);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(12 - pinTries.count);
  });

  it('takes no PIN of another business, of somebody who left, or below what the scanner may do', async () => {
    const elsewhere = await newBusiness();
    const stranger = await newWorker({ businessId: elsewhere, role: 'gate_steward' });
    const pin = freshPin();
    await setPin(stranger, pin, elsewhere);
    const { type } = await sharedScanner();
    expect((await type(pin)).status).toBe(403);
    const kit = await steward();
    const supervisors = await sharedScanner({ role: 'supervisor' });
    expect(await (await supervisors.type(kit.pin)).text()).toContain(words.pinBeyond);
    expect(await supervisors.onDuty()).toBeUndefined();
    const owner = await newWorker({ businessId, role: 'owner' });
    const removal = { person: kit.personId, from: 'gate_steward', to: '' };
    await post(pathTo('studioTeamMember', { businessId }), owner.headers, removal);
    expect((await type(kit.pin)).status).toBe(403);
  });

  it('is left by whoever is removed from the team in the middle of a shift', async () => {
    const kit = await steward();
    const { type, onDuty } = await sharedScanner();
    expect((await type(kit.pin)).status).toBe(303);
    const owner = await newWorker({ businessId, role: 'owner' });
    const removal = { person: kit.personId, from: 'gate_steward', to: '' };
    expect((await post(pathTo('studioTeamMember', { businessId }), owner.headers, removal)).status).toBe(303);
    expect(await onDuty()).toBeUndefined();
  });
});
