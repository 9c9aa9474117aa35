import { Hono } from 'hono';
import { countVisit, findEntryLink } from '#d1/queries/entry-links.ts';
import { fail } from '#shared/result.ts';
import type { AppEnv } from '#workers/http/app-context.ts';
import { rememberVia } from '#workers/http/entry-link.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { pathTo, routes } from '#workers/routes.ts';

const codeShape = /^[A-Za-z0-9-]{3,40}$/;

/**
 * Every way in ends here: a poster's QR, a friend's message, an advert. The link is remembered, so that the sale counts
 * for it, and leads only ever to an event of ours: there is no address in it that somebody could choose.
 */
export const entry = new Hono<AppEnv>().get(routes.goLink, async (c) => {
  const code = c.req.param('code').toLowerCase();
  const { db } = c.var.services;
  const link = codeShape.test(code) ? await findEntryLink(db, code) : undefined;
  if (link === undefined) return refuse(c, fail('not_found').failure);
  await rememberVia(c, link.code, link.eventId);
  c.executionCtx.waitUntil(countVisit(db, link.code));
  c.header('Cache-Control', 'no-store');
  const { slug, opensTypeId } = link;
  // Event pages are the same for everybody: what this link opens, only the checkout can show.
  if (opensTypeId !== null) return c.redirect(`${pathTo('checkout', { slug })}?q_${opensTypeId}=1`, 302);
  return c.redirect(pathTo('event', { slug }), 302);
});
