import { Hono } from 'hono';
import * as v from 'valibot';
import type { SignedIn } from '#d1/queries/sessions.ts';
import { may } from '#shared/access/permissions.ts';
import { fail, ok, type Failure, type Result } from '#shared/result.ts';
import { localInstant } from '#shared/time.ts';
import type { AppContext, AppEnv } from '#workers/http/app-context.ts';
import { parseForm } from '#workers/http/parse.ts';
import { requireRecentProof } from '#workers/http/recent-proof.ts';
import { refuse } from '#workers/http/refuse.tsx';
import { viewerOf } from '#workers/http/session.ts';
import { cancelEvent, eventNow, plansOf, postponeEvent, retryChange } from '#workers/operations/call-off-event.ts';
import type { EventForSale } from '#workers/operations/event-for-sale.ts';
import { eventCard } from '#workers/operations/present-event.ts';
import { pathTo, routes } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { PlansPage } from './pages/plans.tsx';

const words = messages.plans;
const isoDay = v.pipe(v.string(), v.regex(/^20\d\d-\d\d-\d\d$/));
const postponeSchema = v.object({
  key: v.pipe(v.string(), v.uuid()),
  day: isoDay,
  clock: v.pipe(v.string(), v.regex(/^\d\d:\d\d$/)),
  until: isoDay,
});
const cancelSchema = v.object({ title: v.pipe(v.string(), v.trim(), v.maxLength(200)) });
const retrySchema = v.object({ change: v.pipe(v.string(), v.regex(/^chg_[\w-]{1,80}$/)) });

/** Where an event is moved or cancelled, and where one sees how far everybody was looked after. */
export const studioPlans = new Hono<AppEnv>()
  .get(routes.studioPlans, async (c) => {
    const asked = await askedEvent(c, c.req.param('slug'));
    return asked.ok ? draw(c, asked.value.sale, {}) : refuse(c, asked.failure);
  })
  .post(routes.studioPostpone, async (c) => {
    const asked = await provedEvent(c, c.req.param('slug'));
    if (asked instanceof Response) return asked;
    const { sale, person } = asked;
    const form = await parseForm(c, postponeSchema);
    const { timeZone } = sale.event;
    if (!form.ok) return draw(c, sale, { error: words.postpone.incomplete });
    const { key, day, clock, until } = form.value;
    const startsAt = localInstant(day, clock, timeZone);
    const lastMinute = localInstant(until, '23:59', timeZone);
    if (startsAt === undefined || lastMinute === undefined) return draw(c, sale, fail('dates_invalid'));
    const dates = { startsAt, refundUntil: Math.min(lastMinute, startsAt) };
    const done = await postponeEvent(c.var.services, { sale, actorId: person.personId, key, ...dates });
    if (!done.ok && done.failure.code === 'idempotency_key_reused') {
      return draw(c, sale, { error: words.postpone.sentBefore });
    }
    return done.ok ? back(c, sale) : draw(c, sale, done);
  })
  .post(routes.studioCancel, async (c) => {
    const asked = await provedEvent(c, c.req.param('slug'));
    if (asked instanceof Response) return asked;
    const { sale, person } = asked;
    const form = await parseForm(c, cancelSchema);
    if (!form.ok || form.value.title !== sale.event.title) return draw(c, sale, { mistyped: true });
    const done = await cancelEvent(c.var.services, { sale, actorId: person.personId });
    return done.ok ? back(c, sale) : draw(c, sale, done);
  })
  .post(routes.studioPlansRetry, async (c) => {
    const asked = await provedEvent(c, c.req.param('slug'));
    if (asked instanceof Response) return asked;
    const { sale, person } = asked;
    const form = await parseForm(c, retrySchema);
    if (!form.ok) return refuse(c, form.failure);
    const about = { sale, actorId: person.personId, changeId: form.value.change };
    const done = await retryChange(c.var.services, about);
    return done.ok ? back(c, sale) : refuse(c, done.failure);
  });

type Asked = { readonly sale: EventForSale; readonly person: SignedIn };

async function askedEvent(c: AppContext, slug: string): Promise<Result<Asked>> {
  const { person, services } = c.var;
  if (person === undefined) return fail('sign_in_required');
  const sale = await eventNow(services, slug);
  if (!sale.ok) return sale;
  const { businessId } = sale.value.event;
  return may(person.memberships, 'event.call_off', businessId)
    ? ok({ sale: sale.value, person })
    : fail('not_permitted');
}

async function provedEvent(c: AppContext, slug: string): Promise<Asked | Response> {
  const asked = await askedEvent(c, slug);
  if (!asked.ok) return refuse(c, asked.failure);
  return (await requireRecentProof(c, pathTo('studioPlans', { slug }))) ?? asked.value;
}

function back(c: AppContext, { event: { slug } }: EventForSale): Response {
  return c.redirect(pathTo('studioPlans', { slug }), 303);
}

type Wrong = { readonly failure?: Failure; readonly error?: string; readonly mistyped?: boolean };

async function draw(c: AppContext, sale: EventForSale, { failure, error, mistyped }: Wrong): Promise<Response> {
  const { services } = c.var;
  const now = services.clock();
  const { event, rules } = sale;
  const problem = failure === undefined ? undefined : problemOf(failure);
  const view = {
    event: eventCard(event, rules, now),
    rules,
    plans: await plansOf(services, event.id),
    freshKey: crypto.randomUUID(),
    isOver: rules.endsAt <= now,
    isMistyped: mistyped === true,
    error: error ?? problem?.detail,
  };
  const status = error !== undefined || mistyped === true ? 422 : (problem?.status ?? 200);
  return c.html(<PlansPage viewer={viewerOf(c)} view={view} />, status);
}
