import { Hono } from 'hono';
import * as v from 'valibot';
import { emailSchema } from '#shared/access/address.ts';
import type { SignedIn } from '#d1/queries/sessions.ts';
import { may, roles } from '#shared/access/permissions.ts';
import type { Failure } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { parseForm } from '#workers/http/parse.ts';
import { requireRecentProof } from '#workers/http/recent-proof.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { inviteStaff, listInvitations, revokeInvitation } from '#workers/operations/invite-staff.ts';
import { standDown } from '#workers/operations/gate-devices.ts';
import { changeRole, managedBusinesses, readTeam } from '#workers/operations/team.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf, type ProblemStatus } from '#workers/ui/messages/problems.ts';
import { TeamPage, TeamsPage } from './pages/team.tsx';
import { toolsOf } from './tools-of.ts';
import { didSomething, type TeamView } from './views.ts';

const words = messages.team;
const personId = v.pipe(v.string(), v.regex(/^per_\w{1,60}$/));
const memberSchema = v.object({ person: personId, from: v.picklist(roles), to: v.picklist(roles) });
const removalSchema = v.object({ person: personId, from: v.picklist(roles), to: v.literal('') });
const invitationSchema = v.object({
  email: emailSchema,
  role: v.picklist(roles),
});
const typedSchema = v.object({
  email: v.fallback(v.pipe(v.string(), v.maxLength(254)), ''),
  role: v.fallback(v.string(), ''),
});
const revocationSchema = v.object({ id: v.pipe(v.string(), v.regex(/^inv_\w{1,60}$/)) });

/** A business's people, and who is asked to join them. */
export const studioTeam = new Hono<AppEnv>()
  .get(routes.studioTeams, async (c) => {
    const { person, services } = c.var;
    if (person === undefined) return refuse(c, { code: 'sign_in_required' });
    const managed = await managedBusinesses(services, person, words.platform);
    const [only, ...others] = managed;
    if (only === undefined) return refuse(c, { code: 'not_permitted' });
    if (others.length === 0) return c.redirect(pathTo('studioTeam', { businessId: only.id }), 303);
    c.header('Cache-Control', 'no-store');
    return c.html(<TeamsPage viewer={viewerOf(c)} tools={toolsOf(person)} businesses={managed} />);
  })
  .get(routes.studioTeam, (c) => draw(c, c.req.param('businessId'), {}))
  .post(routes.studioTeamMember, async (c) => {
    const { person, services } = c.var;
    if (person === undefined) return refuse(c, { code: 'sign_in_required' });
    const businessId = c.req.param('businessId');
    const stop = mayChangeTeam(c, person, businessId);
    if (stop !== undefined) return stop;
    const form = await parseForm(c, v.union([memberSchema, removalSchema]));
    if (!form.ok) return draw(c, businessId, { failure: form.failure });
    const { person: member, from, to } = form.value;
    const change = { businessId, personId: member, from, to: to === '' ? undefined : to };
    const changed = await changeRole(services, person, change);
    if (!changed.ok) return draw(c, businessId, { failure: changed.failure });
    await standDown(services, { businessId, personId: member, actorId: person.personId });
    return back(c, businessId, to === '' ? 'removed' : 'changed');
  })
  .post(routes.studioTeam, async (c) => {
    const { person, services } = c.var;
    if (person === undefined) return refuse(c, { code: 'sign_in_required' });
    const businessId = c.req.param('businessId');
    const stop = mayChangeTeam(c, person, businessId);
    if (stop !== undefined) return stop;
    const form = await parseForm(c, invitationSchema);
    if (!form.ok) return draw(c, businessId, { failure: form.failure, values: await typed(c), isInvitation: true });
    const sent = await inviteStaff(services, person, { businessId, ...form.value });
    if (!sent.ok) return draw(c, businessId, { failure: sent.failure, values: form.value });
    return back(c, businessId, 'invited');
  })
  .post(routes.studioInvitationRevoke, async (c) => {
    const { person, services } = c.var;
    if (person === undefined) return refuse(c, { code: 'sign_in_required' });
    const businessId = c.req.param('businessId');
    const stop = mayChangeTeam(c, person, businessId);
    if (stop !== undefined) return stop;
    const form = await parseForm(c, revocationSchema);
    if (!form.ok) return draw(c, businessId, { failure: form.failure });
    const revoked = await revokeInvitation(services, person, { businessId, id: form.value.id });
    if (!revoked.ok) return draw(c, businessId, { failure: revoked.failure });
    return back(c, businessId, 'taken_back');
  });

/** First whether it is theirs at all: nobody is asked for a code and then turned away. */
function mayChangeTeam(c: AppContext, person: SignedIn, businessId: string) {
  if (!may(person.memberships, 'staff.manage', businessId)) return refuse(c, { code: 'not_permitted' });
  return requireRecentProof(c, pathTo('studioTeam', { businessId }));
}

function back(c: AppContext, businessId: string, did: keyof typeof words.did): Response {
  return c.redirect(`${pathTo('studioTeam', { businessId })}?did=${did}`, 303);
}

async function typed(c: AppContext): Promise<TeamView['values']> {
  const form = await parseForm(c, typedSchema);
  return form.ok ? form.value : { email: '', role: '' };
}

type Refused = { failure?: Failure; values?: TeamView['values']; isInvitation?: boolean };

async function draw(c: AppContext, businessId: string, refused: Refused): Promise<Response> {
  const { person, services } = c.var;
  if (person === undefined) return refuse(c, { code: 'sign_in_required' });
  const team = await readTeam(services, person, businessId, words.platform);
  if (!team.ok) return refuse(c, team.failure);
  const invitations = await listInvitations(services, businessId);
  const view: TeamView = {
    ...team.value,
    invitations,
    values: refused.values ?? { email: '', role: 'gate_steward' },
    error: errorOf(refused),
    did: didSomething(c.req.query('did')),
  };
  c.header('Cache-Control', 'no-store');
  const status: ProblemStatus | 200 = refused.failure === undefined ? 200 : problemOf(refused.failure).status;
  return c.html(<TeamPage viewer={viewerOf(c)} tools={toolsOf(person)} team={view} />, status === 400 ? 422 : status);
}

function errorOf({ failure, isInvitation = false }: Refused): string | undefined {
  if (failure === undefined) return undefined;
  return isInvitation && failure.code === 'malformed_request' ? words.inviteError : problemOf(failure).detail;
}
