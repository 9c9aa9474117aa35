import type { Failure } from '#shared/result.ts';
import { pathTo } from '#workers/routes.ts';
import { ProblemPage } from '#workers/ui/pages/problem.tsx';
import type { AppContext } from './app-context.ts';
import { problemDetails, problemOf } from '#workers/ui/messages/problems.ts';

/** Answers a refusal: problem details to programs, a page that says what to do next to people. */
export function refuse(
  c: AppContext,
  failure: Failure,
  actions?: { label: string; href: string }[],
): Response | Promise<Response> {
  c.header('Cache-Control', 'no-store');
  if (wantsJson(c)) {
    const details = problemDetails(failure);
    return c.body(JSON.stringify(details), details.status, { 'Content-Type': 'application/problem+json' });
  }
  const { status, title, detail } = problemOf(failure);
  const offered = actions ?? defaultActions(failure);
  return c.html(<ProblemPage status={status} title={title} detail={detail} actions={offered} />, status);
}

export function wantsJson(c: AppContext): boolean {
  if (c.req.path.startsWith('/api/')) return true;
  const accept = c.req.header('accept') ?? '';
  return accept.includes('application/json') && !accept.includes('text/html');
}

function defaultActions(failure: Failure): { label: string; href: string }[] {
  const events = { label: 'See all events', href: pathTo('home') };
  if (failure.code === 'sign_in_required' || failure.code === 'order_unknown' || failure.code === 'ticket_unknown') {
    return [{ label: 'Sign in', href: pathTo('signIn') }, events];
  }
  if (failure.code === 'link_expired' || failure.code === 'link_already_used') {
    return [{ label: 'Get a new link', href: pathTo('signIn') }, events];
  }
  return [events];
}
