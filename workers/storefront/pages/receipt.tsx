import type { Money } from '#shared/money/money.ts';
import { EventWhen } from '#workers/ui/components/event-when.tsx';
import { stockOf } from '#workers/ui/components/stock.ts';
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
  tax: { name: string; amount: Money } | undefined;
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
        <EventWhen event={event} />
        <br />
        {event.venueName}, {event.city}
      </p>
      <ul>
        {lines.map((line) => (
          <li>
            {isOpen ? <Amend line={line} /> : <Line line={line} />}
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
      {isOpen && <p class="small">{words.amend}</p>}
    </section>
  );
}

function Line({ line: { quantity, name, accessLevel, tier } }: { line: CheckoutLine }) {
  const paper = tier === undefined ? undefined : `chip ${stockOf(accessLevel, tier)}`;
  return <span class={paper}>{words.line(quantity, name)}</span>;
}

/** Where too many were asked for, fewer can be asked for on the spot: nothing typed beside it is lost. */
function Amend({ line: { typeId, name, quantity } }: { line: CheckoutLine }) {
  const field = `q_${typeId}`;
  return (
    <span class="amend">
      <input id={field} name={field} type="number" min="0" max={quantityMax} value={quantity} inputmode="numeric" />
      <label for={field}>
        <span class="hidden">{words.howMany}: </span>
        {name}
      </label>
    </span>
  );
}
