import { Hono } from 'hono';
import * as v from 'valibot';
import { duesOf } from '#d1/queries/ledger-earnings.ts';
import { listPayouts } from '#d1/queries/payouts.ts';
import type { SignedIn } from '#d1/queries/sessions.ts';
import { may, platformBusinessId, type Permission } from '#shared/access/permissions.ts';
import { currencies } from '#shared/money/money.ts';
import type { Failure } from '#shared/result.ts';
import { dayMs, startOfDay, type EpochMs } from '#shared/time.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { parseForm, parseWith } from '#workers/http/parse.ts';
import { requireRecentProof } from '#workers/http/recent-proof.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { compareWithGateway, ledgerStanding } from '#workers/operations/check-ledger.ts';
import { endBusinessPayout, proposeBusinessPayout } from '#workers/operations/payouts.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { typedAmount } from './amount.ts';
import { FinancePage, type FinanceView } from './pages/finance.tsx';
import { toolsOf } from './tools-of.ts';

const words = messages.finance;
const listedPayouts = 50;
/** Days compared unless told otherwise, and at most. */
const usualDays = 7;
const mostDays = 92;

const isoDay = v.pipe(v.string(), v.regex(/^20\d\d-\d\d-\d\d$/));
const windowSchema = v.object({ from: v.optional(isoDay), until: v.optional(isoDay) });
const id = v.pipe(v.string(), v.regex(/^pay_[\w-]{8,60}$/));
const payee = v.pipe(
  v.string(),
  v.regex(new RegExp(`^\\w{1,64} (${currencies.join('|')})$`)),
  v.transform((text) => {
    const [businessId = '', currency = ''] = text.split(' ');
    return { businessId, currency: currency as (typeof currencies)[number] };
  }),
);
const proposeSchema = v.object({ id, payee, amount: typedAmount });
const endSchema = v.object({
  id,
  as: v.picklist(['paid', 'withdrawn']),
  reference: v.optional(v.pipe(v.string(), v.trim(), v.regex(/^[\w ./:-]{0,60}$/)), ''),
});

/** The platform's own books. A role in some business is not enough: here is everybody's money. */
export const studioFinance = new Hono<AppEnv>()
  .get(routes.studioFinance, (c) => {
    const keeper = keeperOf(c, 'finance.read');
    return keeper === undefined ? refuse(c, { code: 'not_permitted' }) : draw(c, keeper, {});
  })
  .post(routes.studioPayouts, async (c) => {
    const keeper = keeperOf(c, 'payout.manage');
    if (keeper === undefined) return refuse(c, { code: 'not_permitted' });
    const stop = requireRecentProof(c, pathTo('studioFinance'));
    if (stop !== undefined) return stop;
    const form = await parseForm(c, proposeSchema);
    if (!form.ok) return draw(c, keeper, { error: words.amountError });
    const { payee: to, amount: amountMinor } = form.value;
    const asked = { id: form.value.id, ...to, amountMinor, actorId: keeper.personId };
    const done = await proposeBusinessPayout(c.var.services, asked);
    return done.ok ? c.redirect(`${pathTo('studioFinance')}?did=proposed#payouts`, 303) : draw(c, keeper, done);
  })
  .post(routes.studioPayoutEnd, async (c) => {
    const keeper = keeperOf(c, 'payout.manage');
    if (keeper === undefined) return refuse(c, { code: 'not_permitted' });
    const stop = requireRecentProof(c, pathTo('studioFinance'));
    if (stop !== undefined) return stop;
    const form = await parseForm(c, endSchema);
    if (!form.ok) return draw(c, keeper, form);
    const done = await endBusinessPayout(c.var.services, { ...form.value, actorId: keeper.personId });
    return done.ok ? c.redirect(`${pathTo('studioFinance')}?did=${form.value.as}#payouts`, 303) : draw(c, keeper, done);
  });

function keeperOf(c: AppContext, permission: Permission): SignedIn | undefined {
  const { person } = c.var;
  return person !== undefined && may(person.memberships, permission, platformBusinessId) ? person : undefined;
}

async function draw(
  c: AppContext,
  keeper: SignedIn,
  { failure, error }: { failure?: Failure; error?: string },
): Promise<Response> {
  const { services } = c.var;
  const { db } = services;
  const chosen = daysOf(c, services.clock());
  const [standing, gateway, dues, payouts] = await Promise.all([
    ledgerStanding(services),
    compareWithGateway(services, services.gatewayBooks, chosen.window),
    duesOf(db, undefined),
    listPayouts(db, undefined, listedPayouts),
  ]);
  const problem = failure === undefined ? undefined : problemOf(failure);
  const did = v.safeParse(v.picklist(['proposed', 'paid', 'withdrawn']), c.req.query('did'));
  const finance: FinanceView = {
    ...standing,
    gateway,
    dues,
    payouts,
    from: chosen.from,
    until: chosen.until,
    freshId: `pay_${crypto.randomUUID()}`,
    mayPay: may(keeper.memberships, 'payout.manage', platformBusinessId),
    error: error ?? problem?.detail,
    did: did.success ? did.output : undefined,
  };
  const status = error === undefined ? (problem?.status ?? 200) : 422;
  return c.html(<FinancePage viewer={viewerOf(c)} tools={toolsOf(keeper)} finance={finance} />, status);
}

/** Whole days, the last one included. What is no time at all, or too long a one, becomes the last week. */
function daysOf(c: AppContext, now: EpochMs) {
  const dayOf = (at: EpochMs) => new Date(at).toISOString().slice(0, 10);
  const asked = parseWith(windowSchema, { from: c.req.query('from'), until: c.req.query('until') });
  const until = (asked.ok ? asked.value.until : undefined) ?? dayOf(now);
  const from = (asked.ok ? asked.value.from : undefined) ?? dayOf(now - (usualDays - 1) * dayMs);
  const [fromMs, lastMs] = [startOfDay(from, 'UTC'), startOfDay(until, 'UTC')];
  if (fromMs === undefined || lastMs === undefined || lastMs < fromMs || lastMs - fromMs > mostDays * dayMs) {
    const [first, last] = [dayOf(now - (usualDays - 1) * dayMs), dayOf(now)];
    return { from: first, until: last, window: { fromMs: Date.parse(first), untilMs: Date.parse(last) + dayMs } };
  }
  return { from, until, window: { fromMs, untilMs: lastMs + dayMs } };
}
