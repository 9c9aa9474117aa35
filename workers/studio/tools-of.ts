import type { SignedIn } from '#d1/queries/sessions.ts';
import { businessesWhere } from '#shared/access/permissions.ts';
import type { Tool } from './pages/tools.tsx';

/** The studio's own pages that somebody may open. */
export function toolsOf({ memberships }: SignedIn): Tool[] {
  const needed = {
    events: 'event.watch',
    team: 'staff.manage',
    audit: 'audit.read',
    pin: 'gate.scan',
    messages: 'operations.manage',
    operations: 'operations.manage',
  } as const;
  return (Object.keys(needed) as Tool[]).filter(
    (tool) => businessesWhere(memberships, needed[tool]).businessIds.length > 0,
  );
}
