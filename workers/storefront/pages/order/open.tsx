import { pathTo } from '#workers/routes.ts';
import { ButtonLink } from '#workers/ui/components/button.tsx';
import { Notice } from '#workers/ui/components/notice.tsx';
import { clockTime, isoInstant, zoneName } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { priceText } from '#workers/ui/messages/prices.ts';
import type { OrderView } from '#workers/ui/views.ts';
import { PayForm } from './pay-form.tsx';

/** Orders whose end is still open. What is promised here is what the desk keeps: a time, and one payment. */

const words = messages.storefront.order;

export function Unpaid({ order }: { order: OrderView }) {
  return (
    <>
      {order.problem && (
        <Notice kind="refusal" title={order.problem.title}>
          <p>{order.problem.detail}</p>
        </Notice>
      )}
      <Until order={order} lead={words.unpaid.lead} />
      <PayForm order={order} label={words.unpaid.pay(priceText(order.total))} />
      <p class="small">{words.unpaid.note}</p>
      <p>{words.unpaid.detail}</p>
    </>
  );
}

export function Paying({ order }: { order: OrderView }) {
  return (
    <>
      <Until order={order} lead={words.paying.lead} />
      <PayForm order={order} label={words.paying.pay(priceText(order.total))} />
      <p>{words.paying.safe}</p>
      <p>
        {words.paying.done} <LookAgain order={order} />
      </p>
    </>
  );
}

export function Working({ order }: { order: OrderView }) {
  return (
    <>
      <p class="summary" role="status">
        {words.working.lead}
      </p>
      <div class="feed" aria-hidden="true"></div>
      <p>{words.working.detail}</p>
      <p>
        <ButtonLink href={pathTo('order', { orderId: order.orderId })} quiet>
          {words.lookAgain}
        </ButtonLink>
      </p>
    </>
  );
}

function LookAgain({ order: { orderId } }: { order: OrderView }) {
  return <a href={pathTo('order', { orderId })}>{words.lookAgain}</a>;
}

/** The end of the hold by the event's clocks; the island adds how long that is, and says it in the reader's own. */
function Until({ order, lead }: { order: OrderView; lead: (until: string) => string }) {
  const { payUntilMs, events } = order;
  if (payUntilMs === undefined) return null;
  const timeZone = events[0]?.timeZone ?? 'UTC';
  const until = words.clock(clockTime(payUntilMs, timeZone), zoneName(payUntilMs, timeZone));
  return (
    <p class="summary">
      {lead(until)} <time class="until" datetime={isoInstant(payUntilMs)} data-until={payUntilMs}></time>
    </p>
  );
}
