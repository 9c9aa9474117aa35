import type { Money } from '#shared/money/money.ts';
import { formatMoney } from '#shared/money/money.ts';
import { stockOf } from '#workers/ui/components/stock.ts';
import { eventSpan } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { isTaxIncluded, priceText } from '#workers/ui/messages/prices.ts';
import type { CheckoutLine, EventCard } from '#workers/ui/views.ts';

const words = messages.storefront.receipt;

type ReceiptProps = {
  title: string;
  event: EventCard;
  lines: readonly CheckoutLine[];
  fee: Money;
  /** Contained in the total; nothing is said of a tax of nothing. */
  tax: { name: string; amount: Money } | undefined;
  total: Money;
  /** Lets the buyer change how many, inside the form around it. */
  isOpen?: boolean | undefined;
};

/** The order as a till receipt. */
export function Receipt({ title, event, lines, fee, tax, total, isOpen }: ReceiptProps) {
  const charged = tax === undefined || tax.amount.amountMinor === 0 ? undefined : tax;
  const isIncluded = charged !== undefined && isTaxIncluded({ lines, fee, tax: charged.amount, total });
  return (
    <section class="receipt">
      <h2>{title}</h2>
      <p>
        <b>{event.title}</b>
        <br />
        {eventSpan(event.startsAtMs, event.endsAtMs, event.timeZone)}
        <br />
        {event.venueName}, {event.city}
      </p>
      <ul>
        {lines.map((line) => (
          <Line line={line} isOpen={isOpen} />
        ))}
        {fee.amountMinor > 0 && <Extra name={words.fee} amount={fee} />}
        {charged && !isIncluded && <Extra name={charged.name} amount={charged.amount} />}
      </ul>
      <p class="receipt-total">
        <span>{words.total}</span>
        <b class="price">{priceText(total)}</b>
      </p>
      {charged && isIncluded && (
        <p class="receipt-tax">{words.taxIncluded(formatMoney(charged.amount), charged.name)}</p>
      )}
    </section>
  );
}

function Line({ line, isOpen }: { line: CheckoutLine; isOpen: boolean | undefined }) {
  const { typeId, name, accessLevel, tier, quantity, total } = line;
  return (
    <li>
      <span class={tier === undefined ? 'chip' : `chip ${stockOf(accessLevel, tier)}`}>
        {isOpen ? <Quantity line={line} /> : `${quantity} × ${name}`}
      </span>
      <span>{priceText(total)}</span>
      {!isOpen && <input type="hidden" name={`q_${typeId}`} value={quantity} />}
    </li>
  );
}
