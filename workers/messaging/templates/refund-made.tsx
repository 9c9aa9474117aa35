import type { Currency } from '#shared/money/money.ts';
import type { Refund } from '#shared/orders/refund.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { listed } from '#workers/ui/messages/en/listed.ts';
import { sumText } from '#workers/ui/messages/prices.ts';
import type { Mail } from './frame.tsx';
import { asHtml, Frame, look, MailButton } from './frame.tsx';
import { asText, Facts } from './order-rows.tsx';

const words = messages.mail.refundMade;
const rerouted = messages.mail.refundRerouted;

type RefundMail = {
  readonly refund: Refund;
  readonly currency: Currency;
  /** Of the events and shops it is about. */
  readonly titles: readonly string[];
  /** What ended with it. */
  readonly ended: readonly { readonly quantity: number; readonly name: string }[];
  readonly reference: string;
  readonly orderLinkUrl: string;
};

/** Money goes back: why, how much, where to and when to expect it. `Cancelled` where the event is. */
export function refundMade(mail: RefundMail): Mail {
  const { refund, ended, currency } = mail;
  const about = aboutOf(mail);
  const isCancelled = refund.cause === 'event_cancelled';
  const { amountMinor, keptFeeMinor, legs } = refund;
  const amount = sumText(amountMinor, currency);
  const sum = keptFeeMinor > 0 ? words.amountLess(amount, sumText(keptFeeMinor, currency)) : words.amountBack(amount);
  const paragraphs = [
    words.leads[refund.cause](about),
    ...(amountMinor === 0 ? [words.nothingPaid] : [sum]),
    ...legs
      .filter(({ state, amountMinor: legMinor }) => state !== 'failed' && legMinor > 0)
      .map((leg) => words.to[leg.to](sumText(leg.amountMinor, currency))),
    ...(ended.length === 0 ? [] : [words.ended(listed(ended.map(lineOf)))]),
  ];
  return letter({
    subject: isCancelled ? words.cancelledSubject(about) : words.subject(about),
    title: isCancelled ? words.cancelledTitle : words.title,
    paragraphs,
    note: words.keep,
    button: { label: words.open, href: mail.orderLinkUrl },
    facts: [[messages.mail.order.reference, mail.reference]],
  });
}

/** To whom cancelled tickets were given: no word of money. */
export function giftCancelled(mail: Omit<RefundMail, 'refund' | 'currency' | 'ended'>): Mail {
  const { reference, orderLinkUrl } = mail;
  const about = aboutOf(mail);
  return letter({
    subject: words.cancelledSubject(about),
    title: words.cancelledTitle,
    paragraphs: [words.recipientLead(about)],
    button: { label: words.open, href: orderLinkUrl },
    facts: [[messages.mail.order.reference, reference]],
  });
}

/** A card would not take it back. */
export function refundRerouted(mail: RefundMail): Mail {
  const { refund, currency, reference, orderLinkUrl } = mail;
  const movedMinor = refund.legs
    .filter(({ to, from }) => to === 'wallet' && from === 'card')
    .reduce((total, { amountMinor }) => total + amountMinor, 0);
  return letter({
    subject: rerouted.subject(aboutOf(mail)),
    title: rerouted.title,
    paragraphs: [rerouted.lead(sumText(movedMinor, currency)), rerouted.how],
    button: { label: rerouted.open, href: orderLinkUrl },
    facts: [[messages.mail.order.reference, reference]],
  });
}

function aboutOf({ titles }: Pick<RefundMail, 'titles'>): string {
  return titles.length === 0 ? messages.mail.order.yourBalance : listed(titles);
}

function lineOf({ quantity, name }: RefundMail['ended'][number]): string {
  return messages.mail.order.line(quantity, name);
}

type Letter = {
  readonly subject: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly facts: readonly (readonly [string, string])[];
  readonly button: { readonly label: string; readonly href: string };
  readonly note?: string;
};

/** What these mails are made of: some sentences, one thing to press, and what to quote when asking. */
export function letter({ subject, title, paragraphs, facts, button, note }: Letter): Mail {
  const html = (
    <Frame subject={subject} title={title}>
      {paragraphs.map((text) => (
        <p style="margin:0 0 12px">{text}</p>
      ))}
      <MailButton href={button.href}>{button.label}</MailButton>
      <Facts facts={facts} />
      {note && <p style={`margin:20px 0 0;font-size:13px;color:${look.muted}`}>{note}</p>}
    </Frame>
  );
  const text = [
    title,
    ...paragraphs,
    `${button.label}: ${button.href}`,
    asText(facts),
    ...(note === undefined ? [] : [note]),
    messages.mail.footer,
  ].join('\n\n');
  return { subject, html: asHtml(html), text };
}
