import { uuidv7obj } from 'uuidv7';
import {
  acceptInvitation as spendInvitation,
  findOpenInvitation,
  openInvitations,
  revokeInvitation as takeBack,
  saveInvitation,
} from '#d1/queries/invitations.ts';
import { namesOf, type Decider } from '#d1/queries/team.ts';
import { decideRoleChange } from '#shared/access/granting.ts';
import { platformBusinessId, type Role } from '#shared/access/permissions.ts';
import { encodeBase32 } from '#shared/encoding/base32.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { dayMs } from '#shared/time.ts';
import { normaliseEmail } from '#workers/keys/pseudonym.ts';
import { toBase64Url } from '#workers/keys/signed-token.ts';
import { tokenHash } from '#workers/keys/token-hash.ts';
import type { Services } from '#workers/services.ts';
import { auditIfChanged } from './audit.ts';

export const invitationDays = 7;
const tokenBytes = 32;

/**
 * Mails a role to an address. Whether somebody is known under it changes nothing here: the invitation waits for whoever
 * proves the address, and a second one replaces the first.
 */
export async function inviteStaff(
  services: Services,
  actor: Decider,
  offer: { businessId: string; role: Role; email: string },
): Promise<Result<undefined>> {
  const { businessId, role } = offer;
  const decided = decideRoleChange(actor, { businessId, personId: '', from: undefined, to: role });
  if (!decided.ok) return decided;
  const token = toBase64Url(services.randomBytes(tokenBytes));
  const nowMs = services.clock();
  const id = `inv_${encodeBase32(uuidv7obj().bytes)}`;
  const invitation = {
    id,
    tokenHash: await tokenHash(token),
    businessId,
    role,
    email: normaliseEmail(offer.email),
    nowMs,
    expiresAtMs: nowMs + invitationDays * dayMs,
  };
  const entry = { actorId: actor.personId, businessId, subjectId: id, facts: { role } };
  const trace = auditIfChanged(services, { action: 'invitation.sent', ...entry });
  if (!(await saveInvitation(services.db, actor, invitation, trace))) return fail('not_permitted');
  await services.queueMessage({ kind: 'staff_invitation', invitationId: id, token });
  return ok();
}

export async function listInvitations(services: Services, businessId: string) {
  const rows = await openInvitations(services.db, businessId, services.clock());
  const names = await namesOf(
    services.db,
    rows.map(({ invitedBy }) => invitedBy),
  );
  return rows.map((row) => ({ ...row, email: row.email ?? '', invitedBy: names.get(row.invitedBy) ?? '' }));
}

/** An offer is taken back by whoever could have made it. */
export async function revokeInvitation(
  services: Services,
  actor: Decider,
  { businessId, id }: { businessId: string; id: string },
): Promise<Result<undefined>> {
  const nowMs = services.clock();
  const open = await openInvitations(services.db, businessId, nowMs);
  const role = open.find((one) => one.id === id)?.role;
  if (role === undefined) return ok();
  const decided = decideRoleChange(actor, { businessId, personId: '', from: role, to: undefined });
  if (!decided.ok) return decided;
  const entry = { actorId: actor.personId, businessId, subjectId: id };
  await takeBack(
    services.db,
    { id, businessId, nowMs },
    auditIfChanged(services, { action: 'invitation.revoked', ...entry }),
  );
  return ok();
}

/** What a link offers; undefined for one that is used, taken back, over or made up: all look alike. */
export async function readInvitation(services: Services, token: string) {
  const found = await findOpenInvitation(services.db, await tokenHash(token), services.clock());
  if (found === undefined) return undefined;
  const { businessId, businessName, ...rest } = found;
  return { ...rest, businessId, businessName: businessName ?? (businessId === platformBusinessId ? '' : businessId) };
}

/** Gives the role to somebody signed in with the very address it was mailed to; a forwarded link opens nothing. */
export async function acceptInvitation(
  services: Services,
  person: { personId: string; email: string },
  token: string,
): Promise<Result<{ businessId: string; role: Role }, 'link_expired' | 'invitation_for_another'>> {
  const found = await readInvitation(services, token);
  if (found === undefined) return fail('link_expired');
  const { id, businessId, role } = found;
  if (person.email === '' || found.email !== normaliseEmail(person.email)) return fail('invitation_for_another');
  const trace = auditIfChanged(services, {
    action: 'invitation.accepted',
    actorId: person.personId,
    businessId,
    subjectId: id,
    facts: { role },
  });
  const answer = { id, email: found.email, personId: person.personId, nowMs: services.clock() };
  return (await spendInvitation(services.db, answer, trace)) ? ok({ businessId, role }) : fail('link_expired');
}
