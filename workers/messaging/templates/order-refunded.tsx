import { messages } from '#workers/ui/messages/en.ts';
import { priceText } from '#workers/ui/messages/prices.ts';
import type { OrderView } from '#workers/ui/views.ts';
import type { Mail } from './frame.tsx';
import { asHtml, Frame, look, MailButton } from './frame.tsx';
import { asText, Facts, factsOf, Receipt, receiptOf, subjectOf } from './order-rows.tsx';

const words = messages.mail.refunded;

type OrderRefundedProps = {
  order: OrderView;
  /** Absolute; opens the order's page, which goes on telling where the money is. */
  orderLinkUrl: string;
};

/** Money came and no ticket could be given: it goes back in full, and nobody has to ask for it. */
export function orderRefunded({ order, orderLinkUrl }: OrderRefundedProps): Mail {
  const { total, problem } = order;
  const about = subjectOf(order);
  const subject = words.subject(about);
  const lead = words.lead(priceText(total), about);
  const why = problem === undefined ? [] : [words.why(problem.title, problem.detail)];
  // When and where no longer matter to somebody who is not going.
  const facts = factsOf(order).slice(-1);
  const { rows, note } = receiptOf(order);
  const html = (
    <Frame subject={subject} title={words.title}>
      <p style="margin:0 0 12px">{lead}</p>
      {why.map((reason) => (
        <p style="margin:0 0 12px">{reason}</p>
      ))}
      <p style="margin:0">{words.when}</p>
      <MailButton href={orderLinkUrl}>{words.open}</MailButton>
      <Facts facts={facts} />
      <Receipt rows={rows} note={note} />
      <p style={`margin:20px 0 0;font-size:13px;color:${look.muted}`}>{words.nothingToDo}</p>
    </Frame>
  );
  const text = [
    words.title,
    lead,
    ...why,
    words.when,
    `${words.open}: ${orderLinkUrl}`,
    asText(facts),
    [asText(rows), ...(note === undefined ? [] : [note])].join('\n'),
    words.nothingToDo,
    messages.mail.footer,
  ].join('\n\n');
  return { subject, html: asHtml(html), text };
}
