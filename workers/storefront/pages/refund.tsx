import { money, type Currency } from '#shared/money/money.ts';
import type { Refund } from '#shared/orders/refund.ts';
import type { Refundable } from '#workers/operations/refund-order.ts';
import { pathTo } from '#workers/routes.ts';
import { Button, ButtonLink } from '#workers/ui/components/button.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { dayAndTime } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { priceText } from '#workers/ui/messages/prices.ts';
import type { Viewer } from '#workers/ui/viewer.ts';

const words = messages.storefront.refunding;

type RefundView = {
  readonly orderId: string;
  readonly reference: string;
  readonly currency: Currency;
  readonly lines: readonly Refundable[];
  readonly made: readonly Refund[];
};

type RefundPageProps = { viewer: Viewer; refund: RefundView; freshKey: () => string };

/** What went back already and where that money is, then what may still be given back and for how much. */
export function RefundPage({ viewer, refund, freshKey }: RefundPageProps) {
  const { orderId, reference, currency, lines, made } = refund;
  return (
    <Layout viewer={viewer} title={words.title} section="tickets" isPrivate>
      <div class="desk">
        <h1>{words.title}</h1>
        <p class="summary">{summaryOf(lines)}</p>
        {made.map((one) => (
          <Made refund={one} currency={currency} />
        ))}
        {lines.map((line) =>
          line.ticketIds.length > 0 ? (
            <LineForm orderId={orderId} line={line} currency={currency} formKey={freshKey()} />
          ) : (
            <>
              <h2>{words.line(line.name, line.eventTitle)}</h2>
              <p>{words.givenAway(line.givenAway)}</p>
            </>
          ),
        )}
        <p class="small">
          {words.order} <code>{reference}</code>
        </p>
        <ButtonLink href={pathTo('order', { orderId })} quiet>
          {words.toOrder}
        </ButtonLink>
      </div>
    </Layout>
  );
}

function summaryOf(lines: readonly Refundable[]): string {
  if (lines.some(({ ticketIds }) => ticketIds.length > 0)) return words.lead;
  return lines.length > 0 ? words.notYours : words.nothing;
}

function Made({ refund, currency }: { refund: Refund; currency: Currency }) {
  const { state, legs, failure } = refund;
  if (failure !== undefined) return null;
  if (state === 'new') return <p role="status">{words.deciding}</p>;
  return (
    <ul class="all-well" role="status">
      {legs
        .filter((leg) => leg.state !== 'failed')
        .map((leg) => (
          <li>{words.went[leg.to](priceText(money(leg.amountMinor, currency)))}</li>
        ))}
    </ul>
  );
}

type LineFormProps = { orderId: string; line: Refundable; currency: Currency; formKey: string };

function LineForm({ orderId, line, currency, formKey }: LineFormProps) {
  const { lineId, name, eventTitle, givenAway, offered, feePercent, untilMs, backMinor, isMoved } = line;
  const until = `${dayAndTime(untilMs, 'UTC')} UTC`;
  const field = (what: string) => `${lineId}-${what}`;
  return (
    <form class="give-back" method="post" action={pathTo('orderRefund', { orderId })} data-working={words.busy}>
      <h2>{words.line(name, eventTitle)}</h2>
      <p>{isMoved ? words.moved(until) : words.rule(feePercent, until)}</p>
      <input type="hidden" name="key" value={formKey} />
      <input type="hidden" name="line" value={lineId} />
      <div class="field">
        <label for={field('quantity')}>{words.howMany}</label>
        <select id={field('quantity')} name="quantity">
          {backMinor.map((amountMinor, index) => (
            <option value={index + 1}>{words.option(index + 1, priceText(money(amountMinor, currency)))}</option>
          ))}
        </select>
      </div>
      <fieldset class="ways-to-pay">
        <legend>{words.whereTo}</legend>
        {(['source', 'wallet'] as const).map((to) => (
          <div class="way">
            <input id={field(to)} type="radio" name="to" value={to} checked={to === 'source'} />
            <label for={field(to)}>
              {words.to[to].head}
              <small>{words.to[to].detail}</small>
            </label>
          </div>
        ))}
      </fieldset>
      {givenAway > 0 && <p>{words.givenAway(givenAway)}</p>}
      {offered > 0 && <p>{words.offered(offered)}</p>}
      <p class="small">{words.final}</p>
      <Button>{words.send}</Button>
    </form>
  );
}
