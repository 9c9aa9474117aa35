import type { Failure } from '#shared/result.ts';
import type { AppContext } from '#workers/http/app-context.ts';
import { refuse, wantsJson } from '#workers/http/refuse.tsx';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { StoppedPage } from './pages/shift.tsx';

const words = messages.scanner;

const stopped: Partial<Record<Failure['code'], readonly [title: string, detail: string]>> = {
  device_revoked: [words.lockedTitle, words.lockedDetail],
  device_over: [words.overTitle, words.overDetail],
  device_unknown: [words.unknownTitle, words.unknownDetail],
};

/** A phone that may scan no more says so across the counter; one with nobody on duty asks who takes over. */
export function refuseAtGate(c: AppContext, failure: Failure, slug: string): Response | Promise<Response> {
  if (wantsJson(c)) return refuse(c, failure);
  if (failure.code === 'device_off_duty') return c.redirect(pathTo('gateShift', { slug }), 303);
  const said = stopped[failure.code];
  if (said === undefined) return refuse(c, failure);
  c.header('Cache-Control', 'no-store');
  return c.html(<StoppedPage title={said[0]} detail={said[1]} />, problemOf(failure).status);
}
