import { Hono } from 'hono';
import * as v from 'valibot';
import { passkeysOf } from '#d1/queries/passkeys.ts';
import type { SessionMethod } from '#d1/queries/sessions.ts';
import { maskAddress } from '#shared/access/mask.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { rememberDevice } from '#workers/http/known-devices.ts';
import { parseForm, parseJson } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { renewToken, viewerOf, type Session } from '#workers/http/session.ts';
import { answerCode, askForCode, openChallenge } from '#workers/operations/challenge.ts';
import { answerWithPasskey, askForPasskey } from '#workers/operations/passkeys.ts';
import { provableAt, provedAgain } from '#workers/operations/prove-again.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { askingBrowser, nameOfBrowser, nextOf, withNext } from './enter.ts';
import { authenticationSchema, keepQuestion, takeQuestion } from './passkey-answers.ts';
import { CodePage } from './pages/code.tsx';
import { ProvePage } from './pages/prove.tsx';

const words = messages.signIn;
const next = v.optional(v.string());
/** `lost`: the browser's key is gone, so what is proved starts a device of its own. */
const lost = v.optional(v.string());

/** Where a session shows again whose it is: before money and roles, in a new browser, and when the key is gone. */
export const proveDoor = new Hono<AppEnv>()
  .get(routes.prove, async (c) => {
    const { session, services, held } = c.var;
    if (session === undefined) return refuse(c, { code: 'sign_in_required' });
    const [to, passkeys] = await Promise.all([
      provableAt(services, session.personId),
      passkeysOf(services.db, session.personId),
    ]);
    c.header('Cache-Control', 'no-store');
    const page = {
      sendTo: to && maskAddress(to.address),
      hasPasskey: passkeys.length > 0,
      isConfirming: held === 'confirm_device',
      next: nextOf(c),
      lost: c.req.query('lost') === '1',
    };
    return c.html(<ProvePage viewer={viewerOf(c)} {...page} />);
  })
  .post(routes.prove, async (c) => {
    const { session, services } = c.var;
    const form = await parseForm(c, v.object({ next, lost }));
    if (!form.ok) return refuse(c, form.failure);
    const to = session && (await provableAt(services, session.personId));
    if (session === undefined || to === undefined) return refuse(c, { code: 'sign_in_required' });
    const about = { purpose: 'prove_again', personId: session.personId } as const;
    const asked = await askForCode(services, to, about, await askingBrowser(c));
    if (!asked.ok) return refuse(c, asked.failure);
    const more = { c: asked.value, ...(form.value.lost === '1' && { lost: '1' }) };
    return c.redirect(withNext(pathTo('proveCode'), nextOf(c, form.value.next), more), 303);
  })
  .get(routes.proveCode, (c) => {
    const { c: challengeId = '', lost: isLost = '' } = c.req.query();
    return drawCode(c, { challengeId, goOn: nextOf(c), lost: isLost }, undefined);
  })
  .post(routes.proveCode, async (c) => {
    const { session, services } = c.var;
    const form = await parseForm(c, v.object({ c: v.string(), code: v.string(), next, lost }));
    if (!form.ok) return refuse(c, form.failure);
    if (session === undefined) return refuse(c, { code: 'sign_in_required' });
    const typed = { challengeId: form.value.c, goOn: nextOf(c, form.value.next), lost: form.value.lost ?? '' };
    const code = form.value.code.replaceAll(/[\s-]/g, '');
    if (!/^\d{6}$/.test(code)) return drawCode(c, typed, words.codeShape);
    const { challengeId } = typed;
    const proved = await answerCode(services, { challengeId, code, purpose: 'prove_again' }, await askingBrowser(c));
    if (!proved.ok && proved.failure.code === 'code_wrong') {
      const { title, detail } = problemOf(proved.failure);
      return drawCode(c, typed, `${title}. ${detail}`);
    }
    // The browser may have changed hands between asking and answering: what was proved must be this session's person.
    if (!proved.ok || proved.value.personId !== session.personId) {
      const again = [{ label: words.resend, href: withNext(pathTo('prove'), typed.goOn) }];
      return refuse(c, proved.ok ? { code: 'code_over' } : proved.failure, again);
    }
    const method = proved.value.channel === 'email' ? 'email_code' : 'sms_code';
    await noteProved(c, session, method, typed.lost === '1');
    return c.redirect(typed.goOn ?? pathTo('security'), 303);
  })
  .get(routes.provePasskey, async (c) => {
    const { session, services } = c.var;
    if (session === undefined) return refuse(c, { code: 'sign_in_required' });
    const { options, question } = await askForPasskey(services, session.personId);
    keepQuestion(c, question);
    c.header('Cache-Control', 'no-store');
    return c.json(options);
  })
  .post(routes.provePasskey, async (c) => {
    const { session, services } = c.var;
    if (session === undefined) return refuse(c, { code: 'sign_in_required' });
    const body = await parseJson(c, v.object({ response: authenticationSchema, next, lost }));
    if (!body.ok) return refuse(c, body.failure);
    const { response } = body.value;
    const { personId } = session;
    const proved = await answerWithPasskey(services, { question: takeQuestion(c), response, personId });
    if (!proved.ok) return refuse(c, proved.failure);
    await noteProved(c, session, 'passkey', body.value.lost === '1');
    return c.json({ next: nextOf(c, body.value.next) ?? pathTo('security') });
  });

async function noteProved(c: AppContext, session: Session, method: SessionMethod, isLost: boolean): Promise<void> {
  const proving = {
    ...session,
    hasLostKey: isLost && c.var.held === 'prove_key',
    browserName: nameOfBrowser(c),
  };
  await rememberDevice(c, await provedAgain(c.var.services, proving, method));
  await renewToken(c, session);
}

type Typed = { readonly challengeId: string; readonly goOn: string | undefined; readonly lost: string };

async function drawCode(c: AppContext, { challengeId, goOn, lost: isLost }: Typed, error: string | undefined) {
  const { session, services } = c.var;
  const { browserHash } = await askingBrowser(c);
  const open = await openChallenge(services, challengeId, browserHash);
  const start = withNext(pathTo('prove'), goOn, isLost === '1' ? { lost: '1' } : {});
  if (open?.purpose !== 'prove_again' || open.personId !== session?.personId) {
    return refuse(c, { code: 'code_over' }, [{ label: words.resend, href: start }]);
  }
  c.header('Cache-Control', 'no-store');
  const page = (
    <CodePage
      viewer={viewerOf(c)}
      action={pathTo('proveCode')}
      button={words.checkProof}
      sentTo={maskAddress(open.address)}
      hasLink={false}
      fields={{ c: challengeId, next: goOn ?? '', lost: isLost }}
      error={error}
      resend={{ action: pathTo('prove'), fields: { next: goOn ?? '', lost: isLost } }}
      back={start}
    />
  );
  return c.html(page, error === undefined ? 200 : 422);
}
