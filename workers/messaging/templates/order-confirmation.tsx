import type { OrderView } from '#workers/ui/views.ts';
import { priceText } from '#workers/ui/messages/prices.ts';
import { daySpan, timeSpan } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { Mail } from './frame.tsx';
import { asHtml, Frame, look, MailButton } from './frame.tsx';

const words = messages.mail.order;

type OrderConfirmationProps = {
  order: OrderView;
  /** Absolute; carries the token that lets a guest open the order, so the mail is all they need to keep. */
  orderLinkUrl: string;
};

export function orderConfirmation({ order, orderLinkUrl }: OrderConfirmationProps): Mail {
  const { event, lines, total, reference } = order;
  const subject = words.subject(event.title);
  const lead = words.lead(order.tickets.length, event.title);
  const when = `${daySpan(event.startsAtMs, event.endsAtMs, event.timeZone)}, ${timeSpan(event.startsAtMs, event.endsAtMs, event.timeZone)}`;
  const where = `${event.venueName}, ${event.city}`;
  const ordered = lines.map(({ quantity, name, total: price }) => [`${quantity} × ${name}`, priceText(price)] as const);
  const facts = [
    [words.when, when],
    [words.where, where],
    [words.reference, reference],
  ] as const;
  const html = (
    <Frame subject={subject} title={words.title}>
      <p style="margin:0 0 8px">{lead}</p>
      <MailButton href={orderLinkUrl}>{words.open}</MailButton>
      <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="font-size:15px;line-height:1.45">
        {facts.map(([name, value]) => (
          <Row name={name} value={value} />
        ))}
      </table>
      <table
        role="presentation"
        width="100%"
        cellpadding="0"
        cellspacing="0"
        style={`margin-top:20px;border-top:2px solid ${look.ink};font-size:15px;line-height:1.45`}
      >
        {ordered.map(([name, price]) => (
          <Line name={name} price={price} />
        ))}
        <Line name={words.total} price={priceText(total)} isTotal />
      </table>
      <p style={`margin:20px 0 0;font-size:13px;color:${look.muted}`}>{words.keep}</p>
    </Frame>
  );
  const text = [
    words.title,
    lead,
    `${words.open}: ${orderLinkUrl}`,
    facts.map(([name, value]) => `${name}: ${value}`).join('\n'),
    [...ordered, [words.total, priceText(total)]].map(([name, price]) => `${name}: ${price}`).join('\n'),
    words.keep,
    messages.mail.footer,
  ].join('\n\n');
  return { subject, html: asHtml(html), text };
}

function Row({ name, value }: { name: string; value: string }) {
  return (
    <tr>
      <td width="80" valign="top" style={`padding:3px 12px 3px 0;color:${look.muted}`}>
        {name}
      </td>
      <td valign="top" style="padding:3px 0">
        <b>{value}</b>
      </td>
    </tr>
  );
}

function Line({ name, price, isTotal }: { name: string; price: string; isTotal?: boolean }) {
  const weight = isTotal ? 'font-weight:700;font-size:17px;' : '';
  return (
    <tr>
      <td style={`${weight}padding:6px 0`}>{name}</td>
      <td align="right" style={`${weight}padding:6px 0`}>
        {price}
      </td>
    </tr>
  );
}
