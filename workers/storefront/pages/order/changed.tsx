import { pathTo } from '#workers/routes.ts';
import { ButtonLink } from '#workers/ui/components/button.tsx';
import { Notice } from '#workers/ui/components/notice.tsx';
import { dayAndTime, eventSpan } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { priceText } from '#workers/ui/messages/prices.ts';
import type { EventChangeView, OrderView } from '#workers/ui/views.ts';

const words = messages.storefront.order.changed;

/** Before anything else: events that do not take place as planned, and what may be done about it. */
export function Changed({ order: { orderId, changes } }: { order: OrderView }) {
  return (
    <>
      {changes.map((change) => (
        <ChangeOf change={change} orderId={orderId} />
      ))}
    </>
  );
}

function ChangeOf({ change, orderId }: { change: EventChangeView; orderId: string }) {
  if (change.kind === 'cancelled') {
    return (
      <Notice kind="news" title={words.cancelled(change.title)}>
        <p>{words.cancelledDetail}</p>
      </Notice>
    );
  }
  const { title, startsAtMs, endsAtMs, timeZone, choice, untilMs } = change;
  const until = dayAndTime(untilMs, timeZone);
  return (
    <Notice kind="news" title={words.postponed(title)}>
      <p>{words.now(eventSpan(startsAtMs, endsAtMs, timeZone))}</p>
      {choice !== 'none' && <p>{words[choice](until)}</p>}
      {choice === 'open' && (
        <ButtonLink href={pathTo('orderRefund', { orderId })} quiet>
          {words.choose}
        </ButtonLink>
      )}
    </Notice>
  );
}

/** Where money is that went back. */
export function MoneyBack({ order: { refunds } }: { order: OrderView }) {
  const went = messages.storefront.refunding.went;
  const ways = refunds.flatMap((refund) => refund.ways);
  if (refunds.length === 0) return null;
  return (
    <section class="things">
      <h2>{words.back}</h2>
      <ul>
        {refunds.some(({ isDeciding }) => isDeciding) && <li>{messages.storefront.refunding.deciding}</li>}
        {ways.map(({ to, amount }) => (
          <li>{went[to](priceText(amount))}</li>
        ))}
      </ul>
    </section>
  );
}
