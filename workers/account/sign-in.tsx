import { Hono } from 'hono';
import * as v from 'valibot';
import type { Reachable } from '#d1/queries/people.ts';
import { emailSchema } from '#shared/access/address.ts';
import { linkReferrerPolicy } from '#workers/http/guards.ts';
import { parsePhone, phoneCountries } from '#shared/access/phone.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { parseForm, parseJson } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { answerCode, answerLink, askForCode, openChallenge } from '#workers/operations/challenge.ts';
import { answerWithPasskey, askForPasskey } from '#workers/operations/passkeys.ts';
import { personWhoOwns } from '#workers/operations/sign-in.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { LinkPage } from '#workers/ui/pages/link.tsx';
import { askingBrowser, enter, landing, leave, nextOf, withNext } from './enter.ts';
import { authenticationSchema, keepQuestion, takeQuestion } from './passkey-answers.ts';
import { CodePage } from './pages/code.tsx';
import { PhonePage, SignInPage } from './pages/sign-in.tsx';

const words = messages.signIn;
const typedMax = 254;

const tokenSchema = v.object({ token: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)) });
const next = v.optional(v.string());
const emailFormSchema = v.object({ email: v.string(), next });
const phoneFormSchema = v.object({
  phone: v.string(),
  country: v.picklist(phoneCountries.map(({ code }) => code)),
  next,
});
/** What is typed of a code: spaces and hyphens come along with a paste. */
const codeFormSchema = v.object({ c: v.string(), code: v.string(), next });

/** Signing in, by a code or a link that was sent, or by a passkey. Whether an address is known shows nowhere. */
export const signInDoor = new Hono<AppEnv>()
  .get(routes.signIn, (c) => {
    const goOn = nextOf(c);
    if (c.var.person !== undefined) return c.redirect(goOn ?? pathTo('wallet'), 303);
    c.header('Cache-Control', 'no-store');
    return c.html(<SignInPage viewer={viewerOf(c)} email="" error={undefined} next={goOn} />);
  })
  .post(routes.signIn, async (c) => {
    const form = await parseForm(c, emailFormSchema);
    const typed = form.ok ? form.value.email.slice(0, typedMax) : '';
    const goOn = nextOf(c, form.ok ? form.value.next : undefined);
    const email = v.safeParse(emailSchema, typed);
    if (!email.success) {
      return c.html(<SignInPage viewer={viewerOf(c)} email={typed} error={words.emailError} next={goOn} />, 422);
    }
    return send(c, { channel: 'email', address: email.output.toLowerCase() }, goOn);
  })
  .get(routes.signInPhone, (c) => {
    const goOn = nextOf(c);
    if (c.var.person !== undefined) return c.redirect(goOn ?? pathTo('wallet'), 303);
    return c.html(
      <PhonePage viewer={viewerOf(c)} typed={{ phone: '', country: 'GB' }} error={undefined} next={goOn} />,
    );
  })
  .post(routes.signInPhone, async (c) => {
    const form = await parseForm(c, phoneFormSchema);
    const typed = form.ok ? { ...form.value, phone: form.value.phone.slice(0, typedMax) } : undefined;
    const goOn = nextOf(c, typed?.next);
    const address = typed && parsePhone(typed.phone, typed.country);
    if (address !== undefined) return send(c, { channel: 'sms', address }, goOn);
    const again = { phone: typed?.phone ?? '', country: typed?.country ?? 'GB' };
    return c.html(<PhonePage viewer={viewerOf(c)} typed={again} error={words.phoneError} next={goOn} />, 422);
  })
  .get(routes.signInCode, (c) => drawCode(c, c.req.query('c') ?? '', nextOf(c), undefined))
  .post(routes.signInCode, async (c) => {
    const form = await parseForm(c, codeFormSchema);
    if (!form.ok) return refuse(c, form.failure);
    const { c: challengeId } = form.value;
    const goOn = nextOf(c, form.value.next);
    const code = form.value.code.replaceAll(/[\s-]/g, '');
    if (!/^\d{6}$/.test(code)) return drawCode(c, challengeId, goOn, words.codeShape);
    const { services } = c.var;
    const proved = await answerCode(services, { challengeId, code, purpose: 'sign_in' }, await askingBrowser(c));
    if (!proved.ok && proved.failure.code === 'code_wrong') {
      const { title, detail } = problemOf(proved.failure);
      return drawCode(c, challengeId, goOn, `${title}. ${detail}`);
    }
    if (!proved.ok) return refuse(c, proved.failure, [{ label: words.resend, href: withNext(pathTo('signIn'), goOn) }]);
    const personId = await personWhoOwns(services, proved.value);
    await enter(c, personId, proved.value.channel === 'email' ? 'email_code' : 'sms_code');
    return c.redirect(await landing(c, personId, goOn), 303);
  })
  .get(routes.signInLink, (c) => {
    c.header('Cache-Control', 'no-store');
    c.header('Referrer-Policy', linkReferrerPolicy);
    const { linkTitle, linkDetail, linkButton } = words;
    const token = c.req.query('t') ?? '';
    const action = pathTo('signInLink');
    return c.html(<LinkPage title={linkTitle} detail={linkDetail} button={linkButton} action={action} token={token} />);
  })
  .post(routes.signInLink, async (c) => {
    const form = await parseForm(c, tokenSchema);
    const proved = form.ok ? await answerLink(c.var.services, form.value.token) : form;
    if (!proved.ok) return refuse(c, { code: 'link_expired' });
    const personId = await personWhoOwns(c.var.services, proved.value);
    await enter(c, personId, 'link');
    return c.redirect(await landing(c, personId, undefined), 303);
  })
  .get(routes.signInPasskey, async (c) => {
    const { options, question } = await askForPasskey(c.var.services);
    keepQuestion(c, question);
    c.header('Cache-Control', 'no-store');
    return c.json(options);
  })
  .post(routes.signInPasskey, async (c) => {
    const body = await parseJson(c, v.object({ response: authenticationSchema, next }));
    if (!body.ok) return refuse(c, body.failure);
    const { response } = body.value;
    const personId = await answerWithPasskey(c.var.services, { question: takeQuestion(c), response });
    if (!personId.ok) return refuse(c, personId.failure);
    await enter(c, personId.value, 'passkey');
    return c.json({ next: nextOf(c, body.value.next) ?? pathTo('wallet') });
  })
  .post(routes.signOut, async (c) => {
    await leave(c);
    return c.redirect(pathTo('home'), 303);
  });

async function send(c: AppContext, to: Reachable, goOn: string | undefined): Promise<Response> {
  const asked = await askForCode(c.var.services, to, { purpose: 'sign_in' }, await askingBrowser(c));
  if (!asked.ok) return refuse(c, asked.failure);
  return c.redirect(withNext(pathTo('signInCode'), goOn, { c: asked.value }), 303);
}

async function drawCode(c: AppContext, challengeId: string, goOn: string | undefined, error: string | undefined) {
  const { browserHash } = await askingBrowser(c);
  const open = await openChallenge(c.var.services, challengeId, browserHash);
  const start = withNext(pathTo('signIn'), goOn);
  if (open?.purpose !== 'sign_in') return refuse(c, { code: 'code_over' }, [{ label: words.resend, href: start }]);
  c.header('Cache-Control', 'no-store');
  const page = (
    <CodePage
      viewer={viewerOf(c)}
      action={pathTo('signInCode')}
      button={words.check}
      sentTo={open.address}
      hasLink={open.tokenHash !== null}
      fields={{ c: challengeId, next: goOn ?? '' }}
      error={error}
      resend={{
        action: pathTo(open.channel === 'email' ? 'signIn' : 'signInPhone'),
        fields: { [open.channel === 'email' ? 'email' : 'phone']: open.address, country: 'GB', next: goOn ?? '' },
      }}
      back={start}
    />
  );
  return c.html(page, error === undefined ? 200 : 422);
}
