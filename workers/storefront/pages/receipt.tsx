import type { Child } from 'hono/jsx';
import { pathTo } from '#workers/routes.ts';
import { EventWhen } from '#workers/ui/components/event-when.tsx';
import { stockOf } from '#workers/ui/components/stock.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { priceText } from '#workers/ui/messages/prices.ts';
import { receiptWords } from '#workers/ui/messages/receipt-words.ts';
import type { AmendRow, CheckoutLine, ReceiptPart, ReceiptView } from '#workers/ui/views.ts';

const words = messages.storefront.receipt;

/** What one order may ask for of a type at the very most; the type's own limit is the server's to say. */
const quantityMax = 50;

type ReceiptProps = {
  title: string;
  receipt: ReceiptView;
  /** Lets the buyer change how many of each, in the form around it. */
  amend?: readonly AmendRow[] | undefined;
  /** What stands between lines and sums: codes to type. */
  children?: Child;
};

/** The order as a till receipt. */
export function Receipt({ title, receipt: { parts, sums }, amend, children }: ReceiptProps) {
  const { extras, note } = receiptWords(sums);
  return (
    <section class="receipt">
      <h2>{title}</h2>
      {parts.map((part) => (
        <Part part={part} isShort={amend !== undefined} />
      ))}
      {amend && (
        <ul>
          {amend.map((row) => (
            <li>
              <Amend row={row} />
              <span>{priceText(row.total)}</span>
            </li>
          ))}
        </ul>
      )}
      {children}
      {extras.length > 0 && (
        <ul>
          {extras.map(([name, price]) => (
            <li>
              <span>{name}</span>
              <span>{price}</span>
            </li>
          ))}
        </ul>
      )}
      <p class="receipt-total">
        <span>{words.total}</span>
        <b class="price">{priceText(sums.total)}</b>
      </p>
      {note && <p class="small">{note}</p>}
      {amend && <p class="small">{words.amend}</p>}
    </section>
  );
}

function Part({ part: { event, shop, lines }, isShort }: { part: ReceiptPart; isShort: boolean }) {
  return (
    <div class="receipt-part">
      {event && (
        <p>
          <b>{event.title}</b>
          <br />
          <EventWhen event={event} />
          <br />
          {event.venueName}, {event.city}
        </p>
      )}
      {!event && shop && (
        <p>
          <b>
            <a href={pathTo('business', { slug: shop.slug })}>{words.from(shop.name)}</a>
          </b>
        </p>
      )}
      {!isShort && (
        <ul>
          {lines.map((line) => (
            <li>
              <Line line={line} />
              <span>{priceText(line.total)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Line({ line: { quantity, name, accessLevel, tier, isBundled } }: { line: CheckoutLine }) {
  const paper = tier === undefined ? undefined : `chip ${stockOf(accessLevel, tier)}`;
  return (
    <span class={paper}>
      {words.line(quantity, name === '' ? words.topUp : name)}
      {isBundled && <small>{words.inBundle}</small>}
    </span>
  );
}

/** Where too many were asked for, fewer can be asked for on the spot: nothing typed beside it is lost. */
function Amend({ row: { field, name, quantity } }: { row: AmendRow }) {
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
