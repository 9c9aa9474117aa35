import { businessesWhere, type Permission } from '#shared/access/permissions.ts';
import { nameKeyWithinMs } from '#shared/access/sessions.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { AppContext } from './app-context.ts';

export function viewerOf(c: AppContext): Viewer {
  const { person } = c.var;
  if (person === undefined) return 'anonymous';
  const can = (permission: Permission) => businessesWhere(person.memberships, permission).businessIds.length > 0;
  return {
    name: person.name || person.email || person.phone,
    mayScan: can('gate.scan'),
    mayWatch: can('event.watch'),
    bond: bondOf(c),
  };
}

/** What the page's island does about the browser's key: make one, or show in time that it is still there. */
function bondOf(c: AppContext): { kind: 'name' | 'renew'; inMs: number } | undefined {
  const { session, services } = c.var;
  if (session?.deviceId === undefined) return undefined;
  const now = services.clock();
  if (session.publicKey !== undefined) {
    return { kind: 'renew', inMs: Math.max(0, (session.boundUntilMs ?? now) - now) };
  }
  return now - session.provedAtMs < nameKeyWithinMs ? { kind: 'name', inMs: 0 } : undefined;
}
