import { longDay } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { priceText } from '#workers/ui/messages/prices.ts';
import type { OrderView } from '#workers/ui/views.ts';
import type { Mail } from './frame.tsx';
import { asHtml, Frame, look, MailButton } from './frame.tsx';
import { asText, Facts, factsOf, Receipt, receiptOf, subjectOf } from './order-rows.tsx';

const words = messages.mail.order;

type OrderConfirmationProps = {
  order: OrderView;
  /** Absolute; carries the token that lets a guest open the order, so the mail is all they need to keep. */
  orderLinkUrl: string;
};

export function orderConfirmation({ order, orderLinkUrl }: OrderConfirmationProps): Mail {
  const title = subjectOf(order);
  const count = order.tickets.length;
  const gift = order.gift?.to === 'giver' ? order.gift : undefined;
  const subject = count === 0 ? words.thingsSubject(title) : gift ? words.giftSubject(title) : words.subject(title);
  const lead = leadOf(order, title);
  const heading = count === 0 ? words.thingsTitle : words.title;
  const facts = factsOf(order);
  const { rows, note } = receiptOf(order);
  const html = (
    <Frame subject={subject} title={heading}>
      <p style="margin:0 0 8px">{lead}</p>
      <MailButton href={orderLinkUrl}>{count === 0 ? words.openOrder : words.open}</MailButton>
      <Facts facts={facts} />
      <Receipt rows={rows} note={note} />
      <p style={`margin:20px 0 0;font-size:13px;color:${look.muted}`}>{words.keep}</p>
    </Frame>
  );
  const text = [
    heading,
    lead,
    `${count === 0 ? words.openOrder : words.open}: ${orderLinkUrl}`,
    asText(facts),
    [asText(rows), ...(note === undefined ? [] : [note])].join('\n'),
    words.keep,
    messages.mail.footer,
  ].join('\n\n');
  return { subject, html: asHtml(html), text };
}

function leadOf({ tickets, gift, isTopUp, total }: OrderView, title: string): string {
  if (gift?.to === 'giver') {
    const day = longDay(gift.deliverAtMs, gift.timeZone);
    return words.giftLead(tickets.length, title, gift.recipient, day);
  }
  if (isTopUp) return words.topUpLead(priceText(total));
  return tickets.length === 0 ? words.thingsLead(title) : words.lead(tickets.length, title);
}
