import { env } from 'cloudflare:workers';
import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { inventoryOf } from '#objects/event-inventory/client.ts';
import type { Env } from '#workers/env.ts';
import { pathTo } from '#workers/routes.ts';
import { businessId, placeOrder, publishEvent, signedIn, visit } from './site.ts';

type Segment = { firstSeq: number; lastSeq: number; previousHash: string; hash: string; entries: string };

async function read(slug: string, headers: Record<string, string>, from?: number): Promise<Segment[]> {
  const query = from === undefined ? '' : `?from=${from}`;
  const response = await visit(`${pathTo('apiTrail', { slug })}${query}`, { headers });
  expect(response.headers.get('content-type')).toContain('application/x-ndjson');
  const lines = new TextDecoder()
    .decode(await response.arrayBuffer())
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Segment);
}

async function check(slug: string, headers: Record<string, string>) {
  const response = await visit(pathTo('apiTrailCheck', { slug }), { headers });
  return response.json<{ ok: boolean; checkedSegments: number; headSeq: number; brokenAtSeq?: number }>();
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

// I7: what was decided can be had, and be shown to be whole, by somebody who trusts nobody.
describe('the trail', () => {
  it('is exported so that its hashes can be taken again outside', async () => {
    const { slug } = await publishEvent();
    await placeOrder(slug);
    await placeOrder(slug);
    const finance = await signedIn({ businessId, role: 'finance' });
    const segments = await read(slug, finance);
    let previous = '';
    for (const segment of segments) {
      expect(segment.previousHash).toBe(previous);
      expect(segment.hash).toBe(await sha256(previous + segment.entries));
      previous = segment.hash;
    }
    const headSeq = segments.at(-1)?.lastSeq ?? 0;
    expect(await check(slug, finance)).toEqual({ ok: true, checkedSegments: segments.length, headSeq });
    // A reader goes on from what it has.
    expect(await read(slug, finance, headSeq)).toHaveLength(1);
    expect(await read(slug, finance, headSeq + 1)).toEqual([]);
  });

  it('tells an edit, in the answer and on the page', async () => {
    const { slug, eventId } = await publishEvent();
    await placeOrder(slug);
    const finance = await signedIn({ businessId, role: 'finance' });
    const stub = inventoryOf((env as unknown as Env).EVENT_INVENTORY, eventId);
    await runInDurableObject(stub, (_object, state) => {
      state.storage.sql.exec(
        `UPDATE log_segments SET entries = replace(entries, '"kind":"ticket.issued"', '"kind": "ticket.issued"')`,
      );
    });
    const { ok, brokenAtSeq } = await check(slug, finance);
    expect(ok).toBe(false);
    expect(brokenAtSeq).toBeGreaterThan(1);
    const page = await visit(pathTo('studioTrail', { slug }), { headers: finance });
    expect(await page.text()).toContain(`Broken at entry ${brokenAtSeq}`);
  });

  it('tells an end cut off, because the read models had read further', async () => {
    const { slug, eventId } = await publishEvent();
    const finance = await signedIn({ businessId, role: 'finance' });
    const { headSeq } = await check(slug, finance);
    await (env as unknown as Env).DB.prepare(
      'INSERT INTO projection_cursors (source, seq) VALUES (?1, ?2) ON CONFLICT (source) DO UPDATE SET seq = ?2',
    )
      .bind(`inventory:${eventId}`, headSeq + 5)
      .run();
    expect(await check(slug, finance)).toMatchObject({ ok: false, headSeq, brokenAtSeq: headSeq + 1 });
  });

  it('is read by those who may, and filtered on its page', async () => {
    const { slug } = await publishEvent();
    await placeOrder(slug);
    const steward = await signedIn({ businessId, role: 'gate_steward' });
    const stranger = await signedIn({ businessId: 'biz_other', role: 'owner' });
    for (const headers of [steward, stranger]) {
      for (const name of ['apiTrail', 'apiTrailCheck', 'studioTrail'] as const) {
        expect((await visit(pathTo(name, { slug }), { headers })).status).toBe(403);
      }
    }
    const owner = await signedIn({ businessId, role: 'owner' });
    const page = await visit(`${pathTo('studioTrail', { slug })}?kind=ticket.issued`, { headers: owner });
    const text = await page.text();
    expect(text).toContain('Whole: ');
    expect(text.match(/<b>Ticket issued<\/b>/g)).toHaveLength(1);
    expect(text).not.toContain('<b>Rules published</b>');
  });
});
