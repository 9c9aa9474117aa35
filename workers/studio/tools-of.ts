import type { SignedIn } from '#d1/queries/sessions.ts';
import { businessesWhere, may, platformBusinessId } from '#shared/access/permissions.ts';
import type { Tool } from './pages/tools.tsx';

/** The studio's own pages that somebody may open. */
export function toolsOf({ memberships }: SignedIn): Tool[] {
  const needed = {
    events: 'event.watch',
    orders: 'order.read',
    team: 'staff.manage',
    audit: 'audit.read',
    pin: 'gate.scan',
    money: 'finance.read',
    disputes: 'dispute.read',
    finance: 'finance.read',
    messages: 'operations.manage',
    operations: 'operations.manage',
  } as const;
  return (Object.keys(needed) as Tool[]).filter((tool) =>
    // The books are everybody's money: a role in one business opens its own earnings only.
    tool === 'finance'
      ? may(memberships, needed[tool], platformBusinessId)
      : businessesWhere(memberships, needed[tool]).businessIds.length > 0,
  );
}
