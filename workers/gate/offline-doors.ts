import { Hono } from 'hono';
import * as v from 'valibot';
import { fail, ok, type Result } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { manifestForScanner } from '#workers/operations/gate-manifest.ts';
import { readGateNews } from '#workers/operations/gate-news.ts';
import { routes } from '#workers/routes.ts';
import { staffedEvent, type Staffed } from './at-gate.ts';
import type { ManifestReply, NewsReply } from './views.ts';

const after = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number));

/** What an enrolled scanner takes with it for the time without network, and how it keeps that fresh. */
export const gateOffline = new Hono<AppEnv>()
  .get(routes.gateManifest, async (c) => {
    const scanner = await enrolledScanner(c, c.req.param('slug'));
    if (!scanner.ok) return refuse(c, scanner.failure);
    const manifest = await manifestForScanner(c.var.services, scanner.value.sale.event.id);
    return manifest.ok ? c.json(manifest.value satisfies ManifestReply) : refuse(c, manifest.failure);
  })
  .get(routes.gateNews, async (c) => {
    const scanner = await enrolledScanner(c, c.req.param('slug'));
    if (!scanner.ok) return refuse(c, scanner.failure);
    const from = v.safeParse(after, c.req.query('after') ?? '0');
    if (!from.success) return refuse(c, { code: 'malformed_request', facts: { field: 'after' } });
    const page = await readGateNews(c.var.services, scanner.value.sale.event.id, from.output);
    return c.json(page satisfies NewsReply);
  });

/** A manifest opens what is sealed in codes, so it is for phones that hold a key, not for everybody who may scan. */
async function enrolledScanner(c: AppContext, slug: string): Promise<Result<Staffed>> {
  const staffed = await staffedEvent(c, slug, 'gate.scan');
  if (!staffed.ok) return staffed;
  return staffed.value.scanner === undefined ? fail('not_permitted') : ok(staffed.value);
}
