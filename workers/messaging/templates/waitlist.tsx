import { dayAndTime } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { Mail } from './frame.tsx';
import { asHtml, Frame, look, MailButton } from './frame.tsx';

const words = messages.storefront.waitlist;

type WaitlistMailProps = {
  kind: 'waitlist_joined' | 'waitlist_offered' | 'waitlist_lapsed' | 'waitlist_cancelled';
  eventTitle: string;
  typeName: string;
  quantity: number;
  timeZone: string;
  offerEndsAtMs: number | undefined;
  offerMinutes: number;
  /** Absolute; decides nothing by being opened. */
  linkUrl: string;
};

export function waitlistMail(props: WaitlistMailProps): Mail {
  const { kind, eventTitle, typeName, quantity, linkUrl } = props;
  const { subject, title, lead, open } = wordsOf(props);
  const isOver = kind === 'waitlist_cancelled';
  // One mail for all the places somebody had: it is about the event.
  const what = isOver ? words.mail.cancelledWhat(eventTitle) : words.forWhat(quantity, typeName, eventTitle);
  const ignore = isOver ? words.mail.notYouOver : words.mail.notYou;
  const html = (
    <Frame subject={subject} title={title}>
      <p style="margin:0 0 8px">{what}</p>
      <p style="margin:0">{lead}</p>
      <MailButton href={linkUrl}>{open}</MailButton>
      <p style={`margin:0;font-size:13px;color:${look.muted}`}>{ignore}</p>
    </Frame>
  );
  const text = [title, what, lead, linkUrl, ignore, messages.mail.footer].join('\n\n');
  return { subject, html: asHtml(html), text };
}

function wordsOf({ kind, eventTitle, offerEndsAtMs, offerMinutes, timeZone }: WaitlistMailProps) {
  const { mail, place, placeDetail } = words;
  if (kind === 'waitlist_joined') {
    return {
      subject: mail.joinedSubject(eventTitle),
      title: place.waiting,
      lead: mail.joinedLead,
      open: mail.joinedOpen,
    };
  }
  if (kind === 'waitlist_lapsed') {
    const lead = placeDetail.lapsed;
    return { subject: mail.lapsedSubject(eventTitle), title: place.lapsed, lead, open: mail.lapsedOpen };
  }
  if (kind === 'waitlist_cancelled') {
    const { cancelledSubject, cancelledTitle: title, cancelledLead: lead, cancelledOpen } = mail;
    return { subject: cancelledSubject(eventTitle), title, lead, open: cancelledOpen };
  }
  const lead =
    offerEndsAtMs === undefined
      ? words.offeredFor(offerMinutes)
      : words.offeredUntil(dayAndTime(offerEndsAtMs, timeZone));
  return { subject: mail.offeredSubject(eventTitle), title: place.offered, lead, open: mail.offeredOpen };
}
