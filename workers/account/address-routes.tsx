import { Hono } from 'hono';
import * as v from 'valibot';
import type { Account } from '#d1/queries/account.ts';
import type { Reachable } from '#d1/queries/people.ts';
import { emailSchema } from '#shared/access/address.ts';
import { parsePhone, phoneCountries, type PhoneCountry } from '#shared/access/phone.ts';
import { fail } from '#shared/result.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { parseForm } from '#workers/http/parse.ts';
import { requireRecentProof } from '#workers/http/recent-proof.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { changeAddress, removePhone } from '#workers/operations/change-address.ts';
import { answerCode, askForCode, openChallenge } from '#workers/operations/challenge.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { askingBrowser, withNext } from './enter.ts';
import { EmailPage, PhonePage } from './pages/address.tsx';
import { CodePage } from './pages/code.tsx';
import { viewersAccount } from './viewers-account.ts';

const words = messages.account.address;
const purpose = 'add_address';
const typedMax = 254;
const countryCodes = phoneCountries.map(({ code }) => code);

const addressSchema = v.object({
  address: v.optional(v.string(), ''),
  country: v.optional(v.picklist(countryCodes), 'GB'),
  remove: v.optional(v.string()),
});
const codeSchema = v.object({ c: v.pipe(v.string(), v.maxLength(80)), code: v.pipe(v.string(), v.maxLength(40)) });

type What = 'email' | 'phone';
const channelOf = { email: 'email', phone: 'sms' } as const;

/**
 * Where an account is reached: proved by a code at the new address, after a fresh proof of who asks. Whether an address
 * is somebody else's is said only to whoever proved to own it.
 */
export const addresses = new Hono<AppEnv>()
  .use(routes.accountAddress, withFreshProof)
  .use(routes.accountAddressCode, withFreshProof)
  .get(routes.accountAddress, async (c) => {
    const account = await viewersAccount(c);
    if (account === undefined) return refuse(c, fail('sign_in_required').failure);
    return drawForm(c, account, { typed: '', country: 'GB' }, undefined);
  })
  .post(routes.accountAddress, async (c) => {
    const account = await viewersAccount(c);
    if (account === undefined) return refuse(c, fail('sign_in_required').failure);
    const form = await parseForm(c, addressSchema);
    if (!form.ok) return refuse(c, form.failure);
    const what = whatOf(c);
    const { address: said, country, remove } = form.value;
    if (what === 'phone' && remove !== undefined) {
      await removePhone(c.var.services, account);
      return c.redirect(`${pathTo('accountProfile')}?saved`, 303);
    }
    const typed = { typed: said.slice(0, typedMax), country };
    const to = readAddress(what, typed);
    if (to === undefined) return drawForm(c, account, typed, what === 'email' ? words.emailError : words.phoneError);
    if (to.address === account[what]) return drawForm(c, account, typed, words.same);
    const about = { purpose, personId: account.id } as const;
    const asked = await askForCode(c.var.services, to, about, await askingBrowser(c));
    if (!asked.ok) return refuse(c, asked.failure);
    return c.redirect(withNext(pathTo('accountAddressCode', { what }), undefined, { c: asked.value }), 303);
  })
  .get(routes.accountAddressCode, (c) => drawCode(c, c.req.query('c') ?? '', undefined))
  .post(routes.accountAddressCode, async (c) => {
    const account = await viewersAccount(c);
    if (account === undefined) return refuse(c, fail('sign_in_required').failure);
    const form = await parseForm(c, codeSchema);
    if (!form.ok) return refuse(c, form.failure);
    const { services } = c.var;
    const { c: challengeId } = form.value;
    const code = form.value.code.replaceAll(/[\s-]/g, '');
    if (!/^\d{6}$/.test(code)) return drawCode(c, challengeId, messages.signIn.codeShape);
    const proved = await answerCode(services, { challengeId, code, purpose }, await askingBrowser(c));
    if (!proved.ok && proved.failure.code === 'code_wrong') {
      const { title, detail } = problemOf(proved.failure);
      return drawCode(c, challengeId, `${title}. ${detail}`);
    }
    if (!proved.ok) return refuse(c, proved.failure, again(c));
    // The browser may have changed hands since: what was proved was proved for whoever asked.
    if (proved.value.personId !== account.id) return refuse(c, { code: 'code_over' }, again(c));
    const { channel, address } = proved.value;
    const done = await changeAddress(services, account, { channel, address });
    return done.ok ? c.redirect(`${pathTo('accountProfile')}?saved`, 303) : refuse(c, done.failure, again(c));
  });

/** An address is a way in: whoever finds a screen left open must not be able to make it theirs. */
async function withFreshProof(c: AppContext, next: () => Promise<void>) {
  if (!Object.hasOwn(channelOf, c.req.param('what') ?? '')) return refuse(c, fail('not_found').failure);
  const stop = requireRecentProof(c, pathTo('accountAddress', { what: whatOf(c) }));
  return stop ?? next();
}

function whatOf(c: AppContext): What {
  return c.req.param('what') === 'phone' ? 'phone' : 'email';
}

type Typed = { readonly typed: string; readonly country: PhoneCountry };

function readAddress(what: What, { typed, country }: Typed): Reachable | undefined {
  if (what === 'phone') {
    const address = parsePhone(typed, country);
    return address === undefined ? undefined : { channel: 'sms', address };
  }
  const email = v.safeParse(emailSchema, typed);
  return email.success ? { channel: 'email', address: email.output.toLowerCase() } : undefined;
}

function drawForm(c: AppContext, account: Account, { typed, country }: Typed, error: string | undefined) {
  const viewer = viewerOf(c);
  const status = error === undefined ? 200 : 422;
  c.header('Cache-Control', 'no-store');
  if (whatOf(c) === 'email') return c.html(<EmailPage viewer={viewer} typed={typed} error={error} />, status);
  const mayRemove = account.phone !== null && account.email !== null;
  const page = { viewer, typed, country, error, mayRemove };
  return c.html(<PhonePage {...page} />, status);
}

async function drawCode(c: AppContext, challengeId: string, error: string | undefined) {
  const { person, services } = c.var;
  const { browserHash } = await askingBrowser(c);
  const open = await openChallenge(services, challengeId, browserHash);
  const what = whatOf(c);
  const isMine = open?.purpose === purpose && open.personId === person?.personId && open.channel === channelOf[what];
  if (open === undefined || !isMine) return refuse(c, { code: 'code_over' }, again(c));
  c.header('Cache-Control', 'no-store');
  const start = pathTo('accountAddress', { what });
  const page = (
    <CodePage
      viewer={viewerOf(c)}
      action={pathTo('accountAddressCode', { what })}
      button={words.confirm}
      sentTo={open.address}
      hasLink={false}
      fields={{ c: challengeId }}
      error={error}
      resend={{ action: start, fields: { address: open.address } }}
      back={start}
    />
  );
  return c.html(page, error === undefined ? 200 : 422);
}

function again(c: AppContext): { label: string; href: string }[] {
  return [{ label: messages.signIn.resend, href: pathTo('accountAddress', { what: whatOf(c) }) }];
}
