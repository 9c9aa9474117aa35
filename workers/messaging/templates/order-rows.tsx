import { eventSpan } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { listed } from '#workers/ui/messages/en/listed.ts';
import { priceText } from '#workers/ui/messages/prices.ts';
import { receiptWords } from '#workers/ui/messages/receipt-words.ts';
import type { OrderView } from '#workers/ui/views.ts';
import { look } from './frame.tsx';

/** What every mail about an order tells of it, once as tables and once as text. */

const words = messages.mail.order;

type Pairs = readonly (readonly [name: string, value: string])[];

/** When and where each event is, what is collected where, and last the order's number. */
export function factsOf({ events, things, reference }: OrderView): Pairs {
  const isOne = events.length === 1;
  return [
    ...events.flatMap((event): Pairs => [
      ...(isOne ? [] : ([[words.event, event.title]] as const)),
      [words.when, eventSpan(event.startsAtMs, event.endsAtMs, event.timeZone)],
      [words.where, `${event.venueName}, ${event.city}`],
    ]),
    ...things.flatMap(({ name, pickup }): Pairs =>
      pickup === undefined ? [] : [[words.collect, `${name}: ${pickup}`]],
    ),
    [words.reference, reference],
  ];
}

/** What the order is for, in a line: its events, or what it bought. */
export function subjectOf({ events, things }: OrderView): string {
  const names = events.length > 0 ? events.map(({ title }) => title) : things.map(({ name }) => name);
  return names.length === 0 ? words.yourBalance : listed(names);
}

/** The receipt: lines, savings, fee, tax where it was added, and the total; a tax that was included is a note under it. */
export function receiptOf({ receipt }: OrderView): { rows: Pairs; note: string | undefined } {
  if (receipt === undefined) return { rows: [], note: undefined };
  const { extras, note } = receiptWords(receipt.sums);
  const lines = receipt.parts.flatMap((part) =>
    part.lines.map(
      ({ quantity, name, total }) => [words.line(quantity, name || words.yourBalance), priceText(total)] as const,
    ),
  );
  return { rows: [...lines, ...extras, [words.total, priceText(receipt.sums.total)]], note };
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
