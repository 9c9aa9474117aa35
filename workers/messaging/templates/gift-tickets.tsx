import { messages } from '#workers/ui/messages/en.ts';
import type { OrderView } from '#workers/ui/views.ts';
import type { Mail } from './frame.tsx';
import { asHtml, Frame, look, MailButton } from './frame.tsx';
import { asText, Facts, factsOf, Receipt, receiptOf, subjectOf } from './order-rows.tsx';

const words = messages.mail.gift;

type GiftTicketsProps = {
  order: OrderView;
  /** Absolute; opens the order as its recipient sees it. */
  orderLinkUrl: string;
};

/** To somebody who did not ask for it: who it is from comes first, and the price only where the giver shows it. */
export function giftTickets({ order, orderLinkUrl }: GiftTicketsProps): Mail {
  const title = subjectOf(order);
  const subject = words.subject(title);
  const { from, message } = order.gift?.to === 'recipient' ? order.gift : { from: '', message: '' };
  const lead = words.lead(from, order.tickets.length, title);
  const facts = factsOf(order);
  const { rows, note } = receiptOf(order);
  const html = (
    <Frame subject={subject} title={words.title}>
      <p style="margin:0 0 12px">{lead}</p>
      {message !== '' && (
        <blockquote
          style={`margin:0 0 12px;padding:8px 16px;border-left:4px solid ${look.action};white-space:pre-line`}
        >
          {message}
        </blockquote>
      )}
      <MailButton href={orderLinkUrl}>{messages.mail.order.open}</MailButton>
      <Facts facts={facts} />
      {rows.length > 0 && <Receipt rows={rows} note={note} />}
      <p style={`margin:20px 0 0;font-size:13px;color:${look.muted}`}>{words.keep}</p>
      <p style={`margin:8px 0 0;font-size:13px;color:${look.muted}`}>{words.unknown}</p>
    </Frame>
  );
  const text = [
    words.title,
    lead,
    ...(message === '' ? [] : [`${words.says(from)}\n${message}`]),
    `${messages.mail.order.open}: ${orderLinkUrl}`,
    asText(facts),
    ...(rows.length === 0 ? [] : [[asText(rows), ...(note === undefined ? [] : [note])].join('\n')]),
    words.keep,
    words.unknown,
    messages.mail.footer,
  ].join('\n\n');
  return { subject, html: asHtml(html), text };
}
