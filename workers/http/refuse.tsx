import { safeReturnPath } from '#shared/access/return-path.ts';
import type { Want } from '#shared/access/sessions.ts';
import type { FailureCode } from '#shared/failures.ts';
import type { Failure } from '#shared/result.ts';
import { pathTo } from '#workers/routes.ts';
import { HeldPage } from '#workers/ui/pages/held.tsx';
import { ProblemPage } from '#workers/ui/pages/problem.tsx';
import type { AppContext } from './app-context.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemDetails, problemOf } from '#workers/ui/messages/problems.ts';

/** Answers a refusal: problem details to programs, a page that says what to do next to people. */
export function refuse(
  c: AppContext,
  failure: Failure,
  actions?: { label: string; href: string }[],
): Response | Promise<Response> {
  const { held } = c.var;
  // Whoever is asked to show something first may well be the owner of what was not found.
  if (held !== undefined && hiddenFromTheHeld.has(failure.code)) return holdBack(c, held);
  c.header('Cache-Control', 'no-store');
  const minutes = failure.facts?.['minutes'];
  if (minutes !== undefined) c.header('Retry-After', String(Number(minutes) * secondsAMinute));
  if (wantsJson(c)) {
    const details = problemDetails(failure);
    return c.body(JSON.stringify(details), details.status, { 'Content-Type': 'application/problem+json' });
  }
  const { status, title, detail } = problemOf(failure);
  const offered = actions ?? defaultActions(c, failure);
  return c.html(<ProblemPage status={status} title={title} detail={detail} actions={offered} />, status);
}

export function wantsJson(c: AppContext): boolean {
  if (c.req.path.startsWith('/api/')) return true;
  const accept = c.req.header('accept') ?? '';
  return accept.includes('application/json') && !accept.includes('text/html');
}

const secondsAMinute = 60;

const hiddenFromTheHeld: ReadonlySet<FailureCode> = new Set<FailureCode>(['order_unknown', 'ticket_unknown']);

/** What each thing a session must show is called to programs. */
const heldCode = {
  name_key: 'device_proof_needed',
  prove_key: 'device_proof_needed',
  confirm_device: 'device_unconfirmed',
} as const satisfies Record<Want, FailureCode>;

/** Answers a session that must show something first: a page that does so by itself where it can, and comes back here. */
export function holdBack(c: AppContext, want: Want): Response | Promise<Response> {
  c.header('Cache-Control', 'no-store');
  const failure = { code: heldCode[want] };
  const { status } = problemOf(failure);
  if (wantsJson(c)) {
    return c.body(JSON.stringify(problemDetails(failure)), status, { 'Content-Type': 'application/problem+json' });
  }
  return c.html(<HeldPage want={want} next={returnPathOf(c)} />, status);
}

/** Where to come back to: this page, or the one whose form was sent. */
export function returnPathOf(c: AppContext): string {
  const { pathname, search } = new URL(c.req.method === 'GET' ? c.req.url : (c.req.header('referer') ?? c.req.url));
  const from = safeReturnPath(`${pathname}${search}`);
  return from ?? pathTo('wallet');
}

function defaultActions(c: AppContext, failure: Failure): { label: string; href: string }[] {
  const events = { label: 'See all events', href: pathTo('home') };
  if (failure.code === 'sign_in_required') {
    const next = new URLSearchParams({ next: returnPathOf(c) });
    return [{ label: 'Sign in', href: `${pathTo('signIn')}?${next.toString()}` }, events];
  }
  if (failure.code === 'order_unknown' || failure.code === 'ticket_unknown') {
    return [{ label: messages.transfers.find.action, href: pathTo('signIn') }, events];
  }
  if (failure.code === 'link_expired' || failure.code === 'link_already_used') {
    return [{ label: 'Get a new link', href: pathTo('signIn') }, events];
  }
  return [events];
}
