import { messages } from '#workers/ui/messages/en.ts';
import type { OrderView } from '#workers/ui/views.ts';
import type { Mail } from './frame.tsx';
import { asHtml, Frame, look, MailButton } from './frame.tsx';
import { asText, Facts, factsOf, Receipt, receiptOf } from './order-rows.tsx';

const words = messages.mail.order;

type OrderConfirmationProps = {
  order: OrderView;
  /** Absolute; carries the token that lets a guest open the order, so the mail is all they need to keep. */
  orderLinkUrl: string;
};

export function orderConfirmation({ order, orderLinkUrl }: OrderConfirmationProps): Mail {
  const { title } = order.event;
  const subject = words.subject(title);
  const lead = words.lead(order.tickets.length, title);
  const facts = factsOf(order);
  const { rows, note } = receiptOf(order);
  const html = (
    <Frame subject={subject} title={words.title}>
      <p style="margin:0 0 8px">{lead}</p>
      <MailButton href={orderLinkUrl}>{words.open}</MailButton>
      <Facts facts={facts} />
      <Receipt rows={rows} note={note} />
      <p style={`margin:20px 0 0;font-size:13px;color:${look.muted}`}>{words.keep}</p>
    </Frame>
  );
  const text = [
    words.title,
    lead,
    `${words.open}: ${orderLinkUrl}`,
    asText(facts),
    [asText(rows), ...(note === undefined ? [] : [note])].join('\n'),
    words.keep,
    messages.mail.footer,
  ].join('\n\n');
  return { subject, html: asHtml(html), text };
}
