import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { events, gateEnrolments, people } from '#d1/schema/index.ts';
import { inventoryOf } from '#objects/event-inventory/client.ts';
import { minuteMs } from '#shared/time.ts';
import { environment } from '#test/support/environment.ts';
import {
  db,
  enrol,
  newPhone,
  newWorker,
  offerScanner,
  post,
  postJson,
  scannerCookie,
  trailOf,
  type Worker,
} from '#test/support/staff.ts';
import { businessId, placeOrder, publishEvent, visit, type ProblemBody } from '#test/workers/http/site.ts';
import { settingsOf } from '#workers/env.ts';
import { signToken } from '#workers/keys/signed-token.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { pathTo } from '#workers/routes.ts';

const words = messages.scanner;

async function stage(role: 'owner' | 'supervisor' = 'supervisor') {
  const { slug } = await publishEvent();
  const supervisor = await newWorker({ businessId, role });
  const [event] = await db.select().from(events).where(eq(events.slug, slug));
  const inventory = inventoryOf(environment.EVENT_INVENTORY, event!.id);
  return { slug, supervisor, eventId: event!.id, inventory };
}

async function scannerAt(slug: string, supervisor: Worker, change: Record<string, string> = {}) {
  const phone = await newPhone();
  const { token } = await offerScanner(slug, supervisor.headers, change);
  const { response, cookie } = await enrol(token, phone);
  expect(response.status).toBe(201);
  return { phone, token, cookie };
}

const scan = (slug: string, cookie: string, code: string, gateId = 'north') =>
  postJson(pathTo('gateScan', { slug }), { cookie }, { code, gateId, scanId: crypto.randomUUID() });

const codeOf = async (response: Response) => (await response.json<ProblemBody>()).code;

/** The same scanner's cookie as it is after ten minutes. */
async function slept(claim: { deviceId: string; eventId: string }): Promise<string> {
  const { masterKey } = settingsOf(environment);
  return `__Host-gate=${await signToken(masterKey, 'gate-device', { ...claim, expiresAtMs: Date.now() - 1 })}`;
}

describe('a phone', () => {
  it('becomes a scanner with the code, a name and a key of its own, and scans', async () => {
    const { slug, supervisor, inventory, eventId } = await stage();
    const { order } = await placeOrder(slug);
    const phone = await newPhone();
    const { token, status } = await offerScanner(slug, supervisor.headers);
    expect([status, token.length]).toEqual([200, 43]);
    const { looked, response, cookie } = await enrol(token, phone);
    expect(await looked.json()).toMatchObject({ label: 'North 2', event: '247GBS Expo', isShared: false });
    expect(await response.json()).toEqual({ next: pathTo('gateEvent', { slug }) });
    expect(response.headers.get('set-cookie')).toMatch(/HttpOnly; Secure; SameSite=Strict$/);

    const verdict = await scan(slug, cookie, order.tickets[0]?.handle ?? '');
    expect(await verdict.json()).toMatchObject({ outcome: 'grant' });
    const [device] = await inventory.devices();
    expect(device).toMatchObject({ label: 'North 2', gateId: 'north', publicKey: phone.publicKey });
    const trail = (await inventory.readLog(0)).entries;
    expect(trail.findLast(({ kind }) => kind === 'scan')).toMatchObject({
      deviceId: device?.deviceId,
      staffId: device?.staffId,
    });
    // The helper's name is a row that can be erased; the inventory holds its id.
    expect(JSON.stringify(trail)).not.toContain('Yaw');
    const [helper] = await db
      .select()
      .from(people)
      .where(eq(people.id, device?.staffId ?? ''));
    expect(helper).toMatchObject({ name: 'Yaw Helper', email: null });
    const entries = (await trailOf(businessId)).filter(({ subjectId }) => subjectId === eventId);
    expect(entries.map(({ action }) => action)).toEqual(['scanner.invited', 'scanner.enrolled']);
    expect(JSON.stringify(entries)).not.toContain('Yaw');
    const page = await visit(pathTo('gateEvent', { slug }), { headers: { cookie } });
    expect(await page.text()).toContain('Yaw Helper');
  });

  it('needs no name of whoever is signed in there and may scan', async () => {
    const { slug, supervisor, inventory } = await stage();
    const { token } = await offerScanner(slug, supervisor.headers);
    const phone = await newPhone();
    const { headers } = supervisor;
    const looked = await postJson(pathTo('gateEnrolLook'), headers, { token });
    const { nonce, stewardName } = await looked.json<{ nonce: string; stewardName: string }>();
    expect(stewardName).toMatch(/^Worker/);
    const body = { token, nonce, publicKey: phone.publicKey, signature: await phone.sign('enrol', nonce) };
    expect((await postJson(pathTo('gateEnrol'), headers, body)).status).toBe(201);
    expect((await inventory.devices())[0]?.staffId).toBe(supervisor.personId);
  });

  it('spends the code: of many that hold it, one becomes the scanner', async () => {
    const { slug, supervisor, inventory } = await stage();
    const { token } = await offerScanner(slug, supervisor.headers);
    const phones = await Promise.all([0, 1, 2, 3].map(newPhone));
    const answers = await Promise.all(phones.map((phone) => enrol(token, phone)));
    expect(answers.map(({ response }) => response.status).toSorted((a, b) => a - b)).toEqual([201, 410, 410, 410]);
    expect(await inventory.devices()).toHaveLength(1);
    expect((await postJson(pathTo('gateEnrolLook'), {}, { token })).status).toBe(410);
  });

  it('that lost the answer asks again with the same key, and is the same scanner', async () => {
    const { slug, supervisor, inventory } = await stage();
    const phone = await newPhone();
    const { token } = await offerScanner(slug, supervisor.headers);
    expect((await enrol(token, phone)).response.status).toBe(201);
    expect((await enrol(token, phone)).response.status).toBe(201);
    expect(await inventory.devices()).toHaveLength(1);
  });

  it('cannot use a code that is over, or whose maker may no longer give it', async () => {
    const { slug, supervisor, eventId } = await stage();
    const over = await offerScanner(slug, supervisor.headers);
    await db
      .update(gateEnrolments)
      .set({ expiresAtMs: Date.now() - 1 })
      .where(eq(gateEnrolments.eventId, eventId));
    expect((await enrol(over.token, await newPhone())).looked.status).toBe(410);

    const owner = await newWorker({ businessId, role: 'owner' });
    const fresh = await offerScanner(slug, supervisor.headers);
    const removal = { person: supervisor.personId, from: 'supervisor', to: '' };
    expect((await post(pathTo('studioTeamMember', { businessId }), owner.headers, removal)).status).toBe(303);
    expect((await enrol(fresh.token, await newPhone())).response.status).toBe(410);
  });

  it('must hold the key it names, and a code stays good for one that does', async () => {
    const { slug, supervisor, inventory } = await stage();
    const { token } = await offerScanner(slug, supervisor.headers);
    const [phone, other] = [await newPhone(), await newPhone()];
    const { nonce } = await (await postJson(pathTo('gateEnrolLook'), {}, { token })).json<{ nonce: string }>();
    const bodies = [
      { publicKey: phone.publicKey, nonce, signature: await other.sign('enrol', nonce) },
      { publicKey: phone.publicKey, nonce, signature: await phone.sign('renew', nonce) },
      { publicKey: phone.publicKey, nonce: `${nonce}x`, signature: await phone.sign('enrol', `${nonce}x`) },
      { publicKey: `A${'g'.repeat(43)}`, nonce, signature: await phone.sign('enrol', nonce) },
    ];
    const answers = await Promise.all(
      bodies.map((body) => postJson(pathTo('gateEnrol'), {}, { token, name: 'Yaw', ...body })),
    );
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(await inventory.devices()).toEqual([]);
    expect((await enrol(token, phone)).response.status).toBe(201);
  });

  it.each([
    ['no name', ''],
    ['a name that is too long', 'a'.repeat(81)],
    ['a line end in its name', 'Yaw\nHelper'],
    ['a reversed name', 'Yaw\u202EHelper'],
  ])('with %s is asked for one', async (_what, name) => {
    const { slug, supervisor } = await stage();
    const { token } = await offerScanner(slug, supervisor.headers);
    expect((await enrol(token, await newPhone(), { name })).response.status).toBe(400);
    expect((await enrol(token, await newPhone())).response.status).toBe(201);
  });
});

describe('who makes scanners', () => {
  it('gives no phone more than they may themselves', async () => {
    const { slug } = await publishEvent();
    const steward = await newWorker({ businessId, role: 'gate_steward' });
    expect((await offerScanner(slug, steward.headers)).status).toBe(403);
    const supervisor = await newWorker({ businessId, role: 'supervisor' });
    expect((await offerScanner(slug, supervisor.headers, { role: 'supervisor' })).status).toBe(200);
    for (const role of ['owner', 'platform_admin', 'manager']) {
      expect((await offerScanner(slug, supervisor.headers, { role })).status).toBe(422);
    }
    expect((await offerScanner(slug, supervisor.headers, { gate: 'no-such-gate' })).status).toBe(422);
    const elsewhere = await newWorker({ businessId: 'biz_elsewhere', role: 'owner' });
    expect((await offerScanner(slug, elsewhere.headers)).status).toBe(403);
  });

  it('writes the secret of a code nowhere', async () => {
    const { slug, supervisor } = await stage();
    const { token } = await offerScanner(slug, supervisor.headers);
    const rows = JSON.stringify(await db.select().from(gateEnrolments));
    expect(rows).not.toContain(token);
    const list = await visit(pathTo('studioDevices', { slug }), { headers: supervisor.headers });
    expect(await list.text()).not.toContain(token);
  });
});

describe('a scanner', () => {
  it('that is locked is refused from its next scan on, and says so plainly', async () => {
    const { slug, supervisor, inventory } = await stage();
    const { order } = await placeOrder(slug);
    const { cookie } = await scannerAt(slug, supervisor);
    const [device] = await inventory.devices();
    const lock = () => post(pathTo('studioDeviceLock', { slug }), supervisor.headers, { device: device!.deviceId });
    expect((await lock()).status).toBe(303);
    const refused = await scan(slug, cookie, order.tickets[0]?.handle ?? '');
    expect([refused.status, await codeOf(refused)]).toEqual([403, 'device_revoked']);
    const page = await visit(pathTo('gateEvent', { slug }), { headers: { cookie } });
    expect(page.status).toBe(403);
    expect(await page.text()).toContain(words.lockedTitle);
    expect((await postJson(pathTo('gateProof'), { cookie }, {})).status).toBe(403);
    // Locking twice changes nothing; an id of another event's is no device here.
    expect((await lock()).status).toBe(303);
    const other = await stage();
    const elsewhere = await post(pathTo('studioDeviceLock', { slug: other.slug }), supervisor.headers, {
      device: device!.deviceId,
    });
    expect(elsewhere.status).toBe(404);
  });

  it('counts at its own gate and its own event alone', async () => {
    const { slug, supervisor, inventory } = await stage();
    const other = await publishEvent();
    const { cookie } = await scannerAt(slug, supervisor);
    // Whatever gate it names, it is decided at the one it was given.
    expect((await scan(slug, cookie, '0000000000', 'south')).status).toBe(200);
    expect((await inventory.readLog(0)).entries.at(-1)).toMatchObject({ gateId: 'north' });
    expect((await scan(other.slug, cookie, '0000000000')).status).toBe(401);
    expect((await visit(pathTo('gateEvent', { slug: other.slug }), { headers: { cookie } })).status).toBe(401);
    for (const path of [pathTo('studio'), pathTo('studioDevices', { slug }), pathTo('studioAudit')]) {
      expect((await visit(path, { headers: { cookie } })).status).toBe(401);
    }
  });

  it('that slept shows its key again, and only its own', async () => {
    const { slug, supervisor, inventory, eventId } = await stage();
    const { phone } = await scannerAt(slug, supervisor);
    const [device] = await inventory.devices();
    const claim = { deviceId: device!.deviceId, eventId };
    const cookie = await slept(claim);
    const refused = await scan(slug, cookie, '0000000000');
    expect([refused.status, await codeOf(refused)]).toEqual([401, 'device_proof_needed']);
    const page = await visit(pathTo('gateEvent', { slug }), { headers: { cookie, accept: 'text/html' } });
    expect([page.status, (await page.text()).includes(words.proofTitle)]).toEqual([401, true]);

    const ask = async () =>
      (await (await postJson(pathTo('gateProof'), { cookie }, {})).json<{ nonce: string }>()).nonce;
    const prove = async (nonce: string, by: typeof phone, what: 'enrol' | 'renew' = 'renew') =>
      postJson(pathTo('gateProof'), { cookie }, { nonce, signature: await by.sign(what, nonce) });
    expect((await prove(await ask(), await newPhone())).status).toBe(401);
    expect((await prove(await ask(), phone, 'enrol')).status).toBe(401);
    const strangers = await scannerAt(slug, supervisor);
    const theirs = await postJson(pathTo('gateProof'), { cookie: strangers.cookie }, {});
    expect((await prove((await theirs.json<{ nonce: string }>()).nonce, phone)).status).toBe(401);
    const proved = await prove(await ask(), phone);
    expect(proved.status).toBe(204);
    expect((await scan(slug, scannerCookie(proved), '0000000000')).status).toBe(200);
  });

  it('is none by a cookie somebody made, altered, or took from another purpose', async () => {
    const { slug, supervisor, inventory, eventId } = await stage();
    const { cookie } = await scannerAt(slug, supervisor);
    const [device] = await inventory.devices();
    const { masterKey } = settingsOf(environment);
    const claim = { deviceId: device!.deviceId, eventId, expiresAtMs: Date.now() + minuteMs };
    const cookies = [
      `__Host-gate=${btoa(JSON.stringify(claim))}`,
      `${cookie.slice(0, -2)}AA`,
      `__Host-gate=${await signToken(masterKey, 'entry-link', claim)}`,
      `__Host-gate=${await signToken(new Uint8Array(32), 'gate-device', claim)}`,
    ];
    const answers = await Promise.all(cookies.map((forged) => scan(slug, forged, '0000000000')));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  });

  it('of somebody who leaves the team is locked with them', async () => {
    const { slug, supervisor, inventory } = await stage();
    const owner = await newWorker({ businessId, role: 'owner' });
    const { token } = await offerScanner(slug, owner.headers);
    const phone = await newPhone();
    const looked = await postJson(pathTo('gateEnrolLook'), supervisor.headers, { token });
    const { nonce } = await looked.json<{ nonce: string }>();
    const body = { token, nonce, publicKey: phone.publicKey, signature: await phone.sign('enrol', nonce) };
    const cookie = scannerCookie(await postJson(pathTo('gateEnrol'), supervisor.headers, body));
    const removal = { person: supervisor.personId, from: 'supervisor', to: '' };
    expect((await post(pathTo('studioTeamMember', { businessId }), owner.headers, removal)).status).toBe(303);
    expect((await inventory.devices())[0]?.revokedAtMs).toBeDefined();
    expect(await codeOf(await scan(slug, cookie, '0000000000'))).toBe('device_revoked');
  });
});
