import type { EventRules } from '#shared/inventory/rules.ts';
import { localDay } from '#shared/time.ts';
import type { Plans } from '#workers/operations/call-off-event.ts';
import { pathTo } from '#workers/routes.ts';
import { Button } from '#workers/ui/components/button.tsx';
import { Field } from '#workers/ui/components/field.tsx';
import { Notice } from '#workers/ui/components/notice.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { clockTime, eventSpan } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { sumText } from '#workers/ui/messages/prices.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { EventCard } from '#workers/ui/views.ts';
import { EventHead } from './event-head.tsx';
import { Runs } from './plans/runs.tsx';

const words = messages.plans;
const titleMax = 200;

export type PlansView = {
  readonly event: EventCard;
  readonly rules: EventRules;
  readonly plans: Plans;
  readonly freshKey: string;
  readonly isOver: boolean;
  readonly isMistyped: boolean;
  readonly error: string | undefined;
};

/** What is under way first; then the milder of the two decisions, then the one that cannot be undone. */
export function PlansPage({ viewer, view }: { viewer: Viewer; view: PlansView }) {
  const { event, rules, plans, isOver, error } = view;
  const isCancelled = rules.status === 'cancelled';
  return (
    <Layout
      viewer={viewer}
      title={words.title(event.title)}
      section="studio"
      isPrivate
      refreshSeconds={plans.runs.some(({ change }) => change.endedAtMs === null) ? 5 : undefined}
      islands={['studio/plans.island.js']}
    >
      <EventHead event={event} current="plans" words={words} />
      {error !== undefined && (
        <Notice kind="refusal" title={words.notDone}>
          <p>{error}</p>
        </Notice>
      )}
      <div class="books plans">
        <Runs view={view} />
        {isCancelled && <p>{words.done}</p>}
        {!isCancelled && isOver && <p>{words.over}</p>}
        {!isCancelled && !isOver && (
          <>
            <Postpone view={view} />
            <Cancel view={view} />
          </>
        )}
      </div>
    </Layout>
  );
}

function Postpone({ view: { event, rules, freshKey } }: { view: PlansView }) {
  const { slug, timeZone } = event;
  const { startsAt, endsAt } = rules;
  return (
    <section aria-labelledby="postpone">
      <div class="section-head">
        <h2 id="postpone">{words.postpone.title}</h2>
        <p>{words.postpone.lead}</p>
      </div>
      <p>{words.postpone.now(eventSpan(startsAt, endsAt, timeZone))}</p>
      <form class="refund-form" method="post" action={pathTo('studioPostpone', { slug })}>
        <input type="hidden" name="key" value={freshKey} />
        <div class="field">
          <label for="day">{words.postpone.day}</label>
          <input id="day" name="day" type="date" value={localDay(startsAt, timeZone)} required />
        </div>
        <div class="field">
          <label for="clock">{words.postpone.clock(timeZone)}</label>
          <input id="clock" name="clock" type="time" value={clockTime(startsAt, timeZone)} required />
        </div>
        <div class="field">
          <label for="until">{words.postpone.until}</label>
          <p class="hint" id="until-hint">
            {words.postpone.untilHint}
          </p>
          <input id="until" name="until" type="date" required aria-describedby="until-hint" />
        </div>
        <Button quiet>{words.postpone.submit}</Button>
      </form>
    </section>
  );
}

function Cancel({ view: { event, rules, plans, isMistyped } }: { view: PlansView }) {
  const { orders, tickets, amountMinor } = plans.stake;
  return (
    <section aria-labelledby="cancel">
      <div class="section-head">
        <h2 id="cancel">{words.cancel.title}</h2>
        <p>{words.cancel.lead}</p>
      </div>
      <div class="balances">
        <div>
          <span>{words.cancel.orders}</span>
          <b>{orders}</b>
        </div>
        <div>
          <span>{words.cancel.tickets}</span>
          <b>{tickets}</b>
        </div>
        <div>
          <span>{words.cancel.money}</span>
          <b>{sumText(amountMinor, rules.currency)}</b>
        </div>
      </div>
      <form class="refund-form" method="post" action={pathTo('studioCancel', { slug: event.slug })}>
        <Field
          name="title"
          label={words.cancel.confirm(event.title)}
          type="text"
          value=""
          error={isMistyped ? words.cancel.mistyped : undefined}
          autocomplete="off"
          maxLength={titleMax}
        />
        <Button>{words.cancel.submit}</Button>
      </form>
    </section>
  );
}
