import { Hono } from 'hono';
import * as v from 'valibot';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { linkReferrerPolicy } from '#workers/http/guards.ts';
import { parseForm } from '#workers/http/parse.ts';
import { viewerOf } from '#workers/http/session.ts';
import { acceptInvitation, readInvitation } from '#workers/operations/invite-staff.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { InvitationPage } from './pages/invitation.tsx';

const words = messages.team.accept;
const tokenSchema = v.object({ token: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)) });

/**
 * Where a mailed invitation lands. Opening it changes nothing, since mail scanners do; the button accepts, and only for
 * whoever is signed in with the address it was sent to.
 */
export const invitation = new Hono<AppEnv>()
  .get(routes.staffInvitation, (c) => draw(c, c.req.query('t') ?? '', 200))
  .post(routes.staffInvitation, async (c) => {
    const form = await parseForm(c, tokenSchema);
    if (!form.ok) return draw(c, '', 200);
    const { person, services } = c.var;
    if (person === undefined) return draw(c, form.value.token, 401);
    const accepted = await acceptInvitation(services, person, form.value.token);
    if (!accepted.ok) return draw(c, form.value.token, problemOf(accepted.failure).status, accepted.failure.code);
    return c.redirect(pathTo(accepted.value.role === 'gate_steward' ? 'gate' : 'studio'), 303);
  });

async function draw(
  c: AppContext,
  token: string,
  status: 200 | ReturnType<typeof problemOf>['status'],
  refused?: 'link_expired' | 'invitation_for_another',
): Promise<Response> {
  c.header('Cache-Control', 'no-store');
  c.header('Referrer-Policy', linkReferrerPolicy);
  const offer = await readInvitation(c.var.services, token);
  const viewer = viewerOf(c);
  if (offer === undefined) {
    const over = problemOf({ code: 'link_expired' }).status;
    return c.html(<InvitationPage viewer={viewer} title={words.over} detail={words.overDetail} />, over);
  }
  const business = offer.businessName === '' ? words.platform : offer.businessName;
  if (refused === 'invitation_for_another') {
    return c.html(<InvitationPage viewer={viewer} title={words.another} detail={words.anotherDetail} />, status);
  }
  const lead = words.lead(business, messages.team.roles[offer.role].name);
  const name = viewer === 'anonymous' ? undefined : viewer.name;
  const accept = { token, signedInAs: name };
  return c.html(<InvitationPage viewer={viewer} title={words.title(business)} detail={lead} accept={accept} />, status);
}
