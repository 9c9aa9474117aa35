import { eventSpan } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { priceText } from '#workers/ui/messages/prices.ts';
import { receiptWords } from '#workers/ui/messages/receipt-words.ts';
import type { OrderView } from '#workers/ui/views.ts';
import { look } from './frame.tsx';

/** What every mail about an order tells of it, once as tables and once as text. */

const words = messages.mail.order;

type Pairs = readonly (readonly [name: string, value: string])[];

/** When, where, and last the order's number. */
export function factsOf({ event, reference }: OrderView): Pairs {
  return [
    [words.when, eventSpan(event.startsAtMs, event.endsAtMs, event.timeZone)],
    [words.where, `${event.venueName}, ${event.city}`],
    [words.reference, reference],
  ];
}

/** The receipt: tickets, fee, tax where it was added, and the total; a tax that was included is a note under it. */
export function receiptOf({ lines, fee, tax, total }: OrderView): { rows: Pairs; note: string | undefined } {
  const { extras, note } = receiptWords({ lines, fee, tax, total });
  const tickets = lines.map(
    ({ quantity, name, total: price }) => [words.line(quantity, name), priceText(price)] as const,
  );
  return { rows: [...tickets, ...extras, [words.total, priceText(total)]], note };
}

export function asText(pairs: Pairs): string {
  return pairs.map(([name, value]) => `${name}: ${value}`).join('\n');
}

const tableStyle = 'font-size:15px;line-height:1.45;';

export function Facts({ facts }: { facts: Pairs }) {
  return (
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style={tableStyle}>
      {facts.map(([name, value]) => (
        <tr>
          <td width="80" valign="top" style={`padding:3px 12px 3px 0;color:${look.muted}`}>
            {name}
          </td>
          <td valign="top" style="padding:3px 0">
            <b>{value}</b>
          </td>
        </tr>
      ))}
    </table>
  );
}

export function Receipt({ rows, note }: { rows: Pairs; note: string | undefined }) {
  return (
    <>
      <table
        role="presentation"
        width="100%"
        cellpadding="0"
        cellspacing="0"
        style={`${tableStyle}margin-top:20px;border-top:2px solid ${look.ink}`}
      >
        {rows.map(([name, price], index) => (
          <Line name={name} price={price} isTotal={index === rows.length - 1} />
        ))}
      </table>
      {note && <p style={`margin:4px 0 0;text-align:right;font-size:13px;color:${look.muted}`}>{note}</p>}
    </>
  );
}

function Line({ name, price, isTotal }: { name: string; price: string; isTotal: boolean }) {
  const weight = isTotal ? `font-weight:700;font-size:17px;border-top:1px solid ${look.ink};` : '';
  return (
    <tr>
      <td style={`${weight}padding:6px 0`}>{name}</td>
      <td align="right" valign="top" style={`${weight}padding:6px 0 6px 12px;white-space:nowrap`}>
        {price}
      </td>
    </tr>
  );
}
