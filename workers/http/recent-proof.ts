import { recentProofMs } from '#shared/access/sessions.ts';
import { pathTo } from '#workers/routes.ts';
import type { AppContext } from './app-context.ts';
import { refuse, returnPathOf, wantsJson } from './refuse.tsx';

/** Whether the person showed who they are in the last ten minutes, in a browser they vouched for. */
export function hasRecentProof(c: AppContext): boolean {
  const { session, services } = c.var;
  return session?.isConfirmed === true && services.clock() - session.provedAtMs < recentProofMs;
}

/**
 * For what moves money or gives roles: `const stop = requireRecentProof(c); if (stop) return stop;`. Answers undefined
 * when the person proved lately who they are; otherwise the way to prove it, which comes back to `next` (a path of this
 * site: this page, or the one whose form was sent). What a form said is not kept: it is sent again afterwards.
 */
export function requireRecentProof(c: AppContext, next?: string): Response | Promise<Response> | undefined {
  if (hasRecentProof(c)) return undefined;
  if (wantsJson(c)) return refuse(c, { code: 'proof_needed' });
  const query = new URLSearchParams({ next: next ?? returnPathOf(c) });
  return c.redirect(`${pathTo('prove')}?${query.toString()}`, 303);
}
