import { orderReference } from '#shared/ids.ts';
import type { FailureCode } from '#shared/failures.ts';
import { pathTo } from '#workers/routes.ts';
import { eventSpan, dayAndTime } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { sumText } from '#workers/ui/messages/prices.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import type { PlansView } from '../plans.tsx';

const words = messages.plans.runs;
type Run = PlansView['plans']['runs'][number];

/** How far everybody was looked after. An island draws this piece anew while it goes on; without scripts the page does. */
export function Runs({ view }: { view: PlansView }) {
  const { runs } = view.plans;
  const isGoing = runs.some(({ change }) => change.endedAtMs === null);
  return (
    <div id="runs" data-running={isGoing ? 'yes' : undefined}>
      {runs.map((run) => (
        <RunOf run={run} view={view} />
      ))}
    </div>
  );
}

function RunOf({ run: { change, progress, failed }, view }: { run: Run; view: PlansView }) {
  const { done, due, failed: failedCount, amountMinor } = progress;
  const { timeZone } = view.event;
  const all = done + due + failedCount;
  return (
    <section class={`change is-${change.kind}`}>
      <h2>
        {words[change.kind]} <small>{words.on(dayAndTime(change.startedAtMs, timeZone))}</small>
      </h2>
      {change.startsAtMs !== null && change.endsAtMs !== null && change.refundUntilMs !== null && (
        <p>
          {words.movedTo(
            eventSpan(change.startsAtMs, change.endsAtMs, timeZone),
            dayAndTime(change.refundUntilMs, timeZone),
          )}
        </p>
      )}
      <progress max={Math.max(all, 1)} value={change.listedAtMs === null ? 0 : done} aria-label={words.progress} />
      <p role="status">
        <b>{words.of(String(done), String(all))}</b>
        {due > 0 && <span>{words.left(due)}</span>}
        {failedCount > 0 && <span class="payout-state">{words.failed(failedCount)}</span>}
        {change.kind === 'cancelled' && <span>{words.back(sumText(amountMinor, view.rules.currency))}</span>}
      </p>
      <p>{standing(change, failedCount)}</p>
      {failed.length > 0 && <Failed changeId={change.id} slug={view.event.slug} failed={failed} />}
    </section>
  );
}

function standing({ endedAtMs, listedAtMs }: Run['change'], failedCount: number): string {
  if (endedAtMs !== null) return failedCount > 0 ? words.endedFailed : words.ended;
  return listedAtMs === null ? words.listing : words.goesOn;
}

function Failed({ changeId, slug, failed }: { changeId: string; slug: string; failed: Run['failed'] }) {
  return (
    <>
      <ul class="payouts">
        {failed.map(({ orderId, failureCode }) => (
          <li>
            <a href={pathTo('studioOrder', { orderId })}>{words.why(orderReference(orderId))}</a>
            <span>{failureCode !== null && problemOf({ code: failureCode as FailureCode }).title}</span>
          </li>
        ))}
      </ul>
      <form method="post" action={pathTo('studioPlansRetry', { slug })}>
        <input type="hidden" name="change" value={changeId} />
        <button class="button quiet">{words.retry}</button>
      </form>
    </>
  );
}
