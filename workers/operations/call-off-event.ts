import { findEvent } from '#d1/queries/catalogue.ts';
import {
  atStake,
  changesOf,
  failedOrders,
  findChange,
  insertChange,
  moveCatalogue,
  progressOf,
  retryFailed,
  withdrawChange,
  type EventChange,
} from '#d1/queries/event-changes.ts';
import { cancelled, postponed, type NewDates } from '#shared/inventory/call-off.ts';
import type { EventRules } from '#shared/inventory/rules.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Services } from '#workers/services.ts';
import { auditIfChanged } from './audit.ts';
import type { EventForSale } from './event-for-sale.ts';
import { publishRules } from './publish-rules.ts';

/** The event as the database has it now: a copy that is seconds old would offer to cancel what is cancelled. */
export async function eventNow({ db }: Services, slug: string): Promise<Result<EventForSale>> {
  const row = await findEvent(db, { slug });
  if (row === undefined) return fail('not_found');
  const { event, business, version } = row;
  return ok({ event, business, rules: JSON.parse(row.document) as EventRules, rulesVersion: version });
}

type Asked = { readonly sale: EventForSale; readonly actorId: string };

/**
 * Cancels an event: its rules stop sales and gates at once, then everybody's orders are looked after one by one. Whether the
 * person may is the caller's to check. Pressed twice, or in two tabs, it is one cancellation: the database keeps one an event.
 */
export async function cancelEvent(services: Services, { sale, actorId }: Asked): Promise<Result<undefined>> {
  const { event, rules } = sale;
  const now = services.clock();
  const next = cancelled(rules, now);
  if (!next.ok) return next;
  const change = { id: `chg_${event.id}`, kind: 'cancelled' as const, startedBy: actorId, startedAtMs: now };
  await record(services, sale, change);
  return begin(services, change.id);
}

/** Moves an event to other dates. `key` is made when the form is drawn: pressed twice, it moves once. One key is one move. */
export async function postponeEvent(
  services: Services,
  { sale, actorId, key, ...dates }: Asked & NewDates & { readonly key: string },
): Promise<Result<undefined>> {
  const { rules } = sale;
  const id = `chg_${key}`;
  const known = await findChange(services.db, id);
  if (known !== undefined) {
    const isSame = known.eventId === sale.event.id && known.startsAtMs === dates.startsAt;
    // Sent again with another day, or for another event: to say that it moved would be a lie.
    if (!isSame || known.refundUntilMs !== dates.refundUntil) return fail('idempotency_key_reused');
    return begin(services, id);
  }
  const now = services.clock();
  const next = postponed(rules, dates, now);
  if (!next.ok) return next;
  await record(services, sale, {
    id,
    kind: 'postponed',
    startedBy: actorId,
    startedAtMs: now,
    startsAtMs: dates.startsAt,
    endsAtMs: next.value.endsAt,
    refundUntilMs: dates.refundUntil,
  });
  const begun = await begin(services, id);
  if (!begun.ok) await withdrawChange(services.db, id);
  return begun;
}

type Recorded = Omit<Parameters<typeof insertChange>[1], 'eventId' | 'businessId'>;

/** Before the event is asked: from here on the hourly sweep finishes what a crash leaves half done. */
async function record(services: Services, { event }: EventForSale, change: Recorded): Promise<void> {
  const { id: eventId, businessId } = event;
  const { startedBy: actorId, kind, startsAtMs, refundUntilMs } = change;
  const facts = kind === 'cancelled' ? {} : { startsAtMs: startsAtMs ?? 0, refundUntilMs: refundUntilMs ?? 0 };
  await services.db.batch([
    insertChange(services.db, { ...change, eventId, businessId }),
    auditIfChanged(services, { action: `event.${kind}`, actorId, businessId, subjectId: eventId, facts }),
  ]);
}

async function begin(services: Services, changeId: string): Promise<Result<undefined>> {
  const change = await findChange(services.db, changeId);
  if (change === undefined) return fail('not_found');
  const applied = await applyChange(services, change);
  if (!applied.ok) return applied;
  await services.queueChange(changeId);
  return ok();
}

/** Puts the change into the event's rules, and its dates into the catalogue. Again changes nothing. */
export async function applyChange(services: Services, change: EventChange): Promise<Result<undefined>> {
  const { db } = services;
  const { eventId, startedAtMs: now } = change;
  const row = await findEvent(db, { eventId });
  if (row === undefined) return fail('not_found');
  const rules = JSON.parse(row.document) as EventRules;
  const next = nextRules(rules, change);
  if (!next.ok) return next;
  if (next.value !== rules) {
    const published = await publishRules(db, services.inventory(eventId), {
      eventId,
      document: next.value,
      nowMs: now,
    });
    if (!published.ok) return published;
  }
  const { id, startsAtMs, endsAtMs, catalogueMovedAtMs } = change;
  const fromMs = next.value.postponement?.previousStartsAt;
  if (startsAtMs === null || endsAtMs === null || fromMs === undefined || catalogueMovedAtMs !== null) return ok();
  const byMs = startsAtMs - fromMs;
  await db.batch([...moveCatalogue(db, { id, eventId, startsAtMs, endsAtMs, byMs, nowMs: services.clock() })]);
  return ok();
}

/** The very document where it is in force already, or another decision came after it. */
function nextRules(rules: EventRules, change: EventChange): Result<EventRules> {
  const { kind, startedAtMs, startsAtMs, refundUntilMs } = change;
  if (kind === 'cancelled') return cancelled(rules, startedAtMs);
  const isOlder = (rules.postponement?.decidedAt ?? 0) >= startedAtMs || rules.status === 'cancelled';
  if (isOlder) return ok(rules);
  return postponed(rules, { startsAt: startsAtMs ?? 0, refundUntil: refundUntilMs ?? 0 }, startedAtMs);
}

const shownChanges = 10;
const shownFailures = 50;

/** What would be lost by cancelling, and how far each change of the event has come. */
export async function plansOf({ db }: Services, eventId: string) {
  const [stake, changes] = await Promise.all([atStake(db, eventId), changesOf(db, eventId, shownChanges)]);
  const runs = await Promise.all(
    changes.map(async (change) => ({
      change,
      progress: await progressOf(db, change.id),
      failed: await failedOrders(db, change.id, shownFailures),
    })),
  );
  return { stake, runs };
}

export type Plans = Awaited<ReturnType<typeof plansOf>>;

/** What failed is tried once more. */
export async function retryChange(
  services: Services,
  { sale, actorId, changeId }: Asked & { readonly changeId: string },
): Promise<Result<undefined>> {
  const change = await findChange(services.db, changeId);
  const { id: eventId, businessId } = sale.event;
  if (change?.eventId !== eventId) return fail('not_found');
  await services.db.batch([
    ...retryFailed(services.db, changeId, services.clock()),
    auditIfChanged(services, { action: 'event.refunds_retried', actorId, businessId, subjectId: eventId }),
  ]);
  await services.queueChange(changeId);
  return ok();
}
