import { Hono } from 'hono';
import type { AppEnv } from '#workers/http/app-context.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { disputesFor, evidenceOf } from '#workers/operations/dispute-evidence.ts';
import { routes } from '#workers/routes.ts';
import { DisputesPage } from './pages/disputes.tsx';
import { EvidencePage } from './pages/evidence.tsx';
import { toolsOf } from './tools-of.ts';

/** What card banks ask about: its sellers' finance people, and the platform's. */
export const studioDisputes = new Hono<AppEnv>()
  .get(routes.studioDisputes, async (c) => {
    const { person, services } = c.var;
    if (person === undefined) return refuse(c, { code: 'sign_in_required' });
    const disputes = await disputesFor(services, person);
    return c.html(<DisputesPage viewer={viewerOf(c)} tools={toolsOf(person)} disputes={disputes} />);
  })
  .get(routes.studioDispute, async (c) => {
    const { person, services } = c.var;
    if (person === undefined) return refuse(c, { code: 'sign_in_required' });
    const disputeId = c.req.param('disputeId');
    const evidence = /^\w{1,80}$/.test(disputeId) ? await evidenceOf(services, person, disputeId) : undefined;
    // A dispute nobody has looks like one of somebody else's sale.
    if (evidence === undefined) return refuse(c, { code: 'not_permitted' });
    return c.html(<EvidencePage viewer={viewerOf(c)} tools={toolsOf(person)} evidence={evidence} />);
  });
