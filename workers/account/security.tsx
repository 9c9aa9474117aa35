import { Hono } from 'hono';
import * as v from 'valibot';
import { devicesOf, revokeDevice } from '#d1/queries/devices.ts';
import { passkeysOf } from '#d1/queries/passkeys.ts';
import { revokeOtherSessions, revokeSession, sessionsOf } from '#d1/queries/sessions.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { parseForm, parseJson } from '#workers/http/parse.ts';
import { hasRecentProof, requireRecentProof } from '#workers/http/recent-proof.ts';
import { holdBack, refuse } from '#workers/http/refuse.tsx';
import { viewerOf, type Session } from '#workers/http/session.ts';
import { audit } from '#workers/operations/audit.ts';
import { addPasskeyFor, askToAddPasskey, removePasskeyOf } from '#workers/operations/passkeys.ts';
import { confirm } from '#workers/operations/sign-in.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { nameOfBrowser, nextOf } from './enter.ts';
import { keepQuestion, registrationSchema, takeQuestion } from './passkey-answers.ts';
import { SecurityPage } from './pages/security.tsx';
import { WelcomePage } from './pages/welcome.tsx';

const id = v.pipe(v.string(), v.maxLength(1_400));
const endSchema = v.union([v.object({ session: id }), v.object({ others: v.literal('1') })]);
const deviceSchema = v.object({ device: id, what: v.picklist(['confirm', 'remove']) });

/** Where somebody is signed in, in which browsers, and with what passkeys. */
export const security = new Hono<AppEnv>()
  .get(routes.welcome, (c) => c.html(<WelcomePage viewer={viewerOf(c)} next={nextOf(c) ?? pathTo('wallet')} />))
  .get(routes.security, async (c) => {
    const { session, services } = c.var;
    if (session === undefined) return refuse(c, { code: 'sign_in_required' });
    const { personId } = session;
    const [sessions, devices, passkeys] = await Promise.all([
      sessionsOf(services.db, personId, services.clock()),
      devicesOf(services.db, personId),
      passkeysOf(services.db, personId),
    ]);
    c.header('Cache-Control', 'no-store');
    const vapidKey = services.settings.vapid?.publicKey;
    const page = { sessions, devices, passkeys, vapidKey, here: { sessionId: session.id, deviceId: session.deviceId } };
    return c.html(<SecurityPage viewer={viewerOf(c)} {...page} />);
  })
  .post(routes.sessionEnd, async (c) => {
    const { session } = c.var;
    const form = await parseForm(c, endSchema);
    if (!form.ok) return refuse(c, form.failure);
    if (session === undefined) return refuse(c, { code: 'sign_in_required' });
    // Whoever came by a forwarded link must not turn the owner out.
    if (!session.isConfirmed) return holdBack(c, 'confirm_device');
    await endSessions(c, session, 'session' in form.value ? form.value.session : undefined);
    return c.redirect(pathTo('security'), 303);
  })
  .post(routes.deviceConfirm, async (c) => {
    const { session } = c.var;
    const form = await parseForm(c, deviceSchema);
    if (!form.ok) return refuse(c, form.failure);
    if (session === undefined) return refuse(c, { code: 'sign_in_required' });
    if (!session.isConfirmed) return holdBack(c, 'confirm_device');
    const { device, what } = form.value;
    if (what === 'confirm') {
      // A browser that just showed its key has vouched enough: it is the old one that others wait for.
      const stop = mayVouch(c, session) ? undefined : requireRecentProof(c, pathTo('security'));
      if (stop !== undefined) return stop;
      await confirm(c.var.services, session.personId, device);
    } else await lockOut(c, session, device);
    return c.redirect(pathTo('security'), 303);
  })
  .get(routes.passkeyOptions, async (c) => {
    const { session, services } = c.var;
    if (session === undefined) return refuse(c, { code: 'sign_in_required' });
    const stop = requireRecentProof(c);
    if (stop !== undefined) return stop;
    const { options, question } = await askToAddPasskey(services, session.personId);
    keepQuestion(c, question);
    c.header('Cache-Control', 'no-store');
    return c.json(options);
  })
  .post(routes.passkeyOptions, async (c) => {
    const { session, services } = c.var;
    if (session === undefined) return refuse(c, { code: 'sign_in_required' });
    const stop = requireRecentProof(c);
    if (stop !== undefined) return stop;
    const body = await parseJson(c, v.object({ response: registrationSchema }));
    if (!body.ok) return refuse(c, body.failure);
    const answer = { question: takeQuestion(c), response: body.value.response, name: nameOfBrowser(c) };
    const added = await addPasskeyFor(services, session.personId, answer);
    return added.ok ? c.json({ next: pathTo('security') }) : refuse(c, added.failure);
  })
  .post(routes.passkeys, async (c) => {
    const { session, services } = c.var;
    const form = await parseForm(c, v.object({ passkey: id }));
    if (!form.ok) return refuse(c, form.failure);
    if (session === undefined) return refuse(c, { code: 'sign_in_required' });
    const stop = requireRecentProof(c, pathTo('security'));
    if (stop !== undefined) return stop;
    await removePasskeyOf(services, session.personId, form.value.passkey);
    return c.redirect(pathTo('security'), 303);
  });

function mayVouch(c: AppContext, { boundUntilMs }: Session): boolean {
  return hasRecentProof(c) || boundUntilMs !== undefined;
}

/** One session of the person, or all but this one. Somebody else's id ends nothing and says nothing. */
async function endSessions(c: AppContext, here: Session, sessionId: string | undefined): Promise<void> {
  const { services } = c.var;
  const { personId } = here;
  const now = services.clock();
  if (sessionId === undefined) {
    const ended = await revokeOtherSessions(services.db, { sessionId: here.id, personId }, now);
    const facts = { count: ended.length };
    await audit(services, { action: 'session.others_revoked', actorId: personId, subjectId: here.id, facts });
    return;
  }
  const [ended] = await revokeSession(services.db, { sessionId, personId }, now);
  if (ended !== undefined) {
    await audit(services, { action: 'session.revoked', actorId: personId, subjectId: ended.id });
  }
}

async function lockOut(c: AppContext, { personId }: Session, deviceId: string): Promise<void> {
  const { services } = c.var;
  const [revoked] = await services.db.batch(revokeDevice(services.db, { deviceId, personId }, services.clock()));
  if (revoked.length > 0) await audit(services, { action: 'device.revoked', actorId: personId, subjectId: deviceId });
}
