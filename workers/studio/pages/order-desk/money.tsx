import type { Refund } from '#shared/orders/refund.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { sumText } from '#workers/ui/messages/prices.ts';
import { dayAndTime, isoInstant } from '#workers/ui/messages/dates.ts';
import type { OrderDeskView } from '../order-desk.tsx';

const words = messages.sellerOrders;

type Props = { view: OrderDeskView };

/** Every try to pay. Amounts are of the whole order, so they are shown to whoever sold all of it. */
export function Payments({ view: { order, sections } }: Props) {
  const { attempts, snapshot } = order;
  const isAllTheirs = sections.length === snapshot.sections.length;
  return (
    <section aria-labelledby="payments">
      <h2 id="payments">{words.payments}</h2>
      {attempts.length === 0 && <p>{words.noPayments}</p>}
      {!isAllTheirs && <p>{words.othersToo}</p>}
      <ul class="payouts">
        {attempts.map(({ method, state, createdAtMs, tender }) => (
          <li>
            <b>{words.paid[method]}</b>
            <span class="payout-state">{words.paidStates[state]}</span>
            {isAllTheirs && (
              <span>{sumText(tender.cardMinor + tender.walletMinor + tender.pointsMinor, snapshot.currency)}</span>
            )}
            <time datetime={isoInstant(createdAtMs)}>{dayAndTime(createdAtMs, 'UTC')} UTC</time>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What went back of this seller's lines. */
export function Refunds({ view: { order, sections } }: Props) {
  const own = new Set(sections.flatMap(({ lines }) => lines.map(({ lineId }) => lineId)));
  const made = order.refunds.filter(({ lines }) => lines.some(({ lineId }) => own.has(lineId)));
  const { currency } = order.snapshot;
  return (
    <section aria-labelledby="refunds">
      <h2 id="refunds">{words.refunds}</h2>
      {made.length === 0 && <p>{words.noRefunds}</p>}
      <ul class="payouts">
        {made.map((refund) => (
          <li>
            <b>{sumText(amountOwn(refund, own), currency)}</b>
            <span class="payout-state">{words.refundStates[refund.state]}</span>
            <span>{words.causes[refund.cause]}</span>
            {refund.reason && <span>{words.refund.reasons[refund.reason]}</span>}
            {refund.keptFeeMinor > 0 && <span>{words.kept(sumText(refund.keptFeeMinor, currency))}</span>}
            {isOnlyOwn(refund, own) &&
              refund.legs
                .filter(({ state }) => state !== 'failed')
                .map(({ to, amountMinor }) => <span>{words.legs[to](sumText(amountMinor, currency))}</span>)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function amountOwn({ lines }: Refund, own: ReadonlySet<string>): number {
  return lines.filter(({ lineId }) => own.has(lineId)).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

function isOnlyOwn({ lines }: Refund, own: ReadonlySet<string>): boolean {
  return lines.every(({ lineId }) => own.has(lineId));
}
