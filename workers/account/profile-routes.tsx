import { Hono } from 'hono';
import * as v from 'valibot';
import type { Account } from '#d1/queries/account.ts';
import { currencies } from '#shared/money/money.ts';
import { nameSchema } from '#shared/people/contact.ts';
import { contactChannels, contactPurposes, readContactPreferences } from '#shared/people/contact-preferences.ts';
import { fail } from '#shared/result.ts';
import type { AppEnv } from '#workers/http/app-context.ts';
import { parseForm } from '#workers/http/parse.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { ownerOf } from '#workers/operations/account-owner.ts';
import { editProfile } from '#workers/operations/edit-profile.ts';
import { orderHistory, upcomingEvents } from '#workers/operations/present-account.ts';
import { heldBalances } from '#workers/operations/present-statement.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { languages } from '#workers/ui/messages/languages.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { AccountPage } from './pages/home.tsx';
import { ProfilePage, type ProfileView } from './pages/profile.tsx';
import { viewersAccount } from './viewers-account.ts';

const words = messages.account.profile;

/** The account of whoever is signed in. No route here takes a person's id: there is no other account to ask for. */
export const profile = new Hono<AppEnv>()
  .get(routes.account, async (c) => {
    const account = await viewersAccount(c);
    if (account === undefined) return refuse(c, fail('sign_in_required').failure);
    const { services } = c.var;
    const owner = await ownerOf(services, { personId: account.id, email: account.email });
    const before = readPage(c.req.query('before'));
    const [upcoming, history, held] = await Promise.all([
      before === undefined ? upcomingEvents(services, owner) : [],
      orderHistory(services, owner, before),
      heldBalances(services, owner.customerId),
    ]);
    const older = history.olderThanMs;
    c.header('Cache-Control', 'no-store');
    return c.html(
      <AccountPage
        viewer={viewerOf(c)}
        name={account.name ?? ''}
        upcoming={upcoming}
        history={history.rows}
        held={held}
        olderUrl={older === undefined ? undefined : `${pathTo('account')}?before=${older}#history`}
        newestUrl={before === undefined ? undefined : `${pathTo('account')}#history`}
      />,
    );
  })
  .get(routes.accountProfile, async (c) => {
    const account = await viewersAccount(c);
    if (account === undefined) return refuse(c, fail('sign_in_required').failure);
    const isSaved = c.req.query('saved') !== undefined;
    c.header('Cache-Control', 'no-store');
    return c.html(<ProfilePage viewer={viewerOf(c)} profile={storedProfile(account)} isSaved={isSaved} />);
  })
  .post(routes.accountProfile, async (c) => {
    const account = await viewersAccount(c);
    if (account === undefined) return refuse(c, fail('sign_in_required').failure);
    const form = await parseForm(c, formSchema);
    if (!form.ok) return refuse(c, form.failure);
    const typed = typedProfile(account, form.value);
    const checked = v.safeParse(profileSchema, typed);
    c.header('Cache-Control', 'no-store');
    if (!checked.success) {
      const refused = { ...typed, errors: errorsOf(checked.issues) };
      return c.html(<ProfilePage viewer={viewerOf(c)} profile={refused} isSaved={false} />, 422);
    }
    await editProfile(c.var.services, account, { ...checked.output, agreed: typed.agreed });
    return c.redirect(`${pathTo('accountProfile')}?saved`, 303);
  });

function readPage(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

const typedMax = 500;
const typedText = v.optional(v.pipe(v.string(), v.maxLength(typedMax)), '');
const formSchema = v.object({
  name: typedText,
  locale: typedText,
  currency: typedText,
  ...(Object.fromEntries(
    contactPurposes.flatMap((purpose) => contactChannels.map((channel) => [`${purpose}_${channel}`, typedText])),
  ) as Record<ConsentField, typeof typedText>),
});

type ConsentField = `${(typeof contactPurposes)[number]}_${(typeof contactChannels)[number]}`;

const none = v.pipe(
  v.literal(''),
  v.transform(() => null),
);
const localeTags = languages.map(({ locale }) => locale);
const profileSchema = v.object({
  name: v.union([
    v.pipe(
      v.string(),
      v.trim(),
      v.literal(''),
      v.transform(() => null),
    ),
    nameSchema,
  ]),
  locale: v.union([none, v.picklist(localeTags)]),
  currency: v.union([none, v.picklist(currencies)]),
});

function storedProfile(account: Account): ProfileView {
  const { textVersion: _, ...agreed } = readContactPreferences(account.contactPreferences);
  return {
    name: account.name ?? '',
    locale: account.locale ?? '',
    currency: account.currency ?? '',
    agreed,
    errors: {},
    email: account.email ?? '',
    phone: account.phone ?? '',
  };
}

/** Consent is what was ticked and nothing else: a box that is missing, or cannot reach anybody, is not ticked. */
function typedProfile(account: Account, form: v.InferOutput<typeof formSchema>): ProfileView {
  const { name, locale, currency } = form;
  const { email, phone } = account;
  const channels = (purpose: (typeof contactPurposes)[number]) => ({
    email: email !== null && form[`${purpose}_email`] === 'on',
    sms: phone !== null && form[`${purpose}_sms`] === 'on',
    push: form[`${purpose}_push`] === 'on',
  });
  const agreed = { news: channels('news'), reminders: channels('reminders') };
  return { ...storedProfile(account), name, locale, currency, agreed };
}

function errorsOf(issues: readonly v.BaseIssue<unknown>[]): ProfileView['errors'] {
  const wrong = new Set(issues.map((issue) => v.getDotPath(issue)));
  return {
    ...(wrong.has('name') ? { name: words.nameError } : {}),
    ...(wrong.has('locale') ? { locale: words.languageError } : {}),
    ...(wrong.has('currency') ? { currency: words.currencyError } : {}),
  };
}
