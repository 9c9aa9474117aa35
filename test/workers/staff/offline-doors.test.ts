import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { events } from '#d1/schema/index.ts';
import { inventoryOf } from '#objects/event-inventory/client.ts';
import { importIssuerKey, verifyIssued } from '#shared/tickets/web-crypto.ts';
import { openManifest } from '#shared/gate/manifest.ts';
import { environment } from '#test/support/environment.ts';
import { db, enrol, newPhone, newWorker, offerScanner } from '#test/support/staff.ts';
import { businessId, placeOrder, publishEvent, visit } from '#test/workers/http/site.ts';
import { fromBase64Url } from '#workers/keys/signed-token.ts';
import { pathTo } from '#workers/routes.ts';
import type { ManifestReply, NewsReply } from '#workers/gate/views.ts';

/** What an enrolled phone takes with it, and how it hears of what it missed. */

async function stage(change: Record<string, string> = {}) {
  const { slug } = await publishEvent();
  const owner = await newWorker({ businessId, role: 'owner' });
  const { token } = await offerScanner(slug, owner.headers, change);
  const { cookie } = await enrol(token, await newPhone());
  const [event] = await db.select().from(events).where(eq(events.slug, slug));
  return { slug, cookie, owner, inventory: inventoryOf(environment.EVENT_INVENTORY, event?.id ?? '') };
}

const get = (path: string, cookie: string) => visit(path, { headers: { accept: 'application/json', cookie } });

describe('an enrolled phone', () => {
  it('is given a manifest that the key on its page verifies, the time, and what other events are called', async () => {
    const { slug, cookie } = await stage();
    const page = await visit(pathTo('gateEvent', { slug }), { headers: { cookie } });
    const key = /data-manifest-key="([\w-]{43})"/.exec(await page.text())?.[1] ?? '';
    const issuer = await importIssuerKey(crypto.subtle, fromBase64Url(key) ?? new Uint8Array());
    const before = Date.now();
    const answer = await get(pathTo('gateManifest', { slug }), cookie);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { text, signature, nowMs, otherEvents } = await answer.json<ManifestReply>();
    expect(nowMs).toBeGreaterThanOrEqual(before);
    const opened = await openManifest(
      { text, signature: fromBase64Url(signature) ?? new Uint8Array() },
      { now: nowMs, heldSequence: 0 },
      {
        verify: (message, signed) => verifyIssued(crypto.subtle, issuer!, message, signed),
        utf8: (said) => new TextEncoder().encode(said),
      },
    );
    expect(opened).toMatchObject({ kind: 'good' });
    const own = opened.kind === 'good' ? opened.manifest.rules.eventNumber : 0;
    await publishEvent();
    const again = await (await get(pathTo('gateManifest', { slug }), cookie)).json<ManifestReply>();
    expect(again.otherEvents.length).toBe(otherEvents.length + 1);
    expect(again.otherEvents.map(([number]) => number)).not.toContain(own);
  });

  it('hears every grant of its event, however late it joined, a stretch at a time', async () => {
    const { slug, cookie, inventory } = await stage();
    const { order } = await placeOrder(slug);
    const [ticket] = order.tickets;
    const scan = { scanId: 'scan-before-it-joined', gateId: 'north', code: ticket?.handle ?? '' };
    await inventory.scanMany([{ ...scan, deviceId: 'dev_other', staffId: 'per_other' }]);
    const heard = await (await get(`${pathTo('gateNews', { slug })}?after=0`, cookie)).json<NewsReply>();
    expect(heard.isAll).toBe(true);
    expect(heard.news).toContainEqual(['in', ticket?.ticketId, 'north', expect.any(Number)]);
    const none = await (await get(`${pathTo('gateNews', { slug })}?after=${heard.seq}`, cookie)).json<NewsReply>();
    expect(none).toEqual({ seq: heard.seq, news: [], isAll: true });
    expect((await get(`${pathTo('gateNews', { slug })}?after=-1`, cookie)).status).toBe(400);
  });

  it('acknowledges nothing by it: what read models have not taken stays theirs', async () => {
    const { slug, cookie, inventory } = await stage();
    await placeOrder(slug);
    const before = (await inventory.readLog(0)).entries.length;
    await get(`${pathTo('gateNews', { slug })}?after=0`, cookie);
    expect((await inventory.readLog(0)).entries.length).toBe(before);
  });

  it('and nobody else is given what opens codes: not who is signed in, nor another event’s phone', async () => {
    const [here, there] = [await stage(), await stage()];
    for (const name of ['gateManifest', 'gateNews'] as const) {
      const path = pathTo(name, { slug: here.slug });
      expect((await visit(path, { headers: { ...here.owner.headers, accept: 'application/json' } })).status).toBe(403);
      expect((await get(path, there.cookie)).status).toBe(401);
    }
  });

  it('looks tickets up when it is a supervisor’s, and not when it is a steward’s', async () => {
    const [steward, supervisor] = [await stage(), await stage({ role: 'supervisor' })];
    const find = ({ slug, cookie }: typeof steward) => get(pathTo('gateFind', { slug }), cookie);
    expect([(await find(steward)).status, (await find(supervisor)).status]).toEqual([403, 200]);
  });

  it('may compile what reads codes on its own page, and on no other', async () => {
    const { slug, cookie, owner } = await stage();
    const policyFor = async (headers: Record<string, string>) =>
      (await visit(pathTo('gateEvent', { slug }), { headers })).headers.get('content-security-policy') ?? '';
    expect(await policyFor({ cookie })).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(await policyFor(owner.headers)).toContain("script-src 'self';");
  });
});

it('gives a locked phone nothing', async () => {
  const { slug, cookie, inventory } = await stage();
  const [device] = await inventory.devices();
  await inventory.revokeDevices([{ deviceId: device?.deviceId ?? '', staffId: 'per_owner' }]);
  const statuses = [];
  for (const name of ['gateManifest', 'gateNews'] as const) {
    statuses.push((await get(pathTo(name, { slug }), cookie)).status);
  }
  expect(statuses).toEqual([403, 403]);
});
