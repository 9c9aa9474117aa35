import type { Money } from '#shared/money/money.ts';
import { stockOf } from '#workers/ui/components/stock.ts';
import { eventSpan } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { priceText } from '#workers/ui/messages/prices.ts';
import { receiptWords } from '#workers/ui/messages/receipt-words.ts';
import type { CheckoutLine, EventCard } from '#workers/ui/views.ts';

const words = messages.storefront.receipt;

/** What one order may ask for of a type at the very most; the type's own limit is the server's to say. */
const quantityMax = 50;

type ReceiptProps = {
  title: string;
  event: EventCard;
  lines: readonly CheckoutLine[];
  fee: Money;
  tax: { name?: string; amount: Money } | undefined;
  total: Money;
  /** Lets the buyer change how many of each, in the form around it. */
  isOpen?: boolean | undefined;
};

/** The order as a till receipt. */
export function Receipt({ title, event, lines, fee, tax, total, isOpen }: ReceiptProps) {
  const { extras, note } = receiptWords({ lines, fee, tax, total });
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
          <li>
            <span class={line.tier === undefined ? 'chip' : `chip ${stockOf(line.accessLevel, line.tier)}`}>
              {isOpen ? <Quantity line={line} /> : words.line(line.quantity, line.name)}
            </span>
            <span>{priceText(line.total)}</span>
          </li>
        ))}
        {extras.map(([name, price]) => (
          <li>
            <span>{name}</span>
            <span>{price}</span>
          </li>
        ))}
      </ul>
      <p class="receipt-total">
        <span>{words.total}</span>
        <b class="price">{priceText(total)}</b>
      </p>
      {note && <p class="small">{note}</p>}
    </section>
  );
}

/** Where too many were asked for, fewer can be asked for on the spot: nothing typed beside it is lost. */
function Quantity({ line: { typeId, name, quantity } }: { line: CheckoutLine }) {
  const field = `q_${typeId}`;
  return (
    <>
      <input id={field} name={field} type="number" min="0" max={quantityMax} value={quantity} inputmode="numeric" />
      <label for={field}>
        × {name}
        <span class="hidden">, {words.howMany}</span>
      </label>
    </>
  );
}
