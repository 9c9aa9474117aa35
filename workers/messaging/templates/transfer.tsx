import type { EpochMs } from '#shared/time.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { dayAndTime, eventSpan } from '#workers/ui/messages/dates.ts';
import type { EventCard } from '#workers/ui/views.ts';
import type { Mail } from './frame.tsx';
import { asHtml, Frame, look, MailButton } from './frame.tsx';
import { asText, Facts } from './order-rows.tsx';

const words = messages.transfers.mail;

/** The ticket a mail is about, and where its button leads: absolute, and deciding nothing by being opened. */
type About = {
  event: Pick<EventCard, 'title' | 'startsAtMs' | 'endsAtMs' | 'timeZone' | 'venueName' | 'city'>;
  typeName: string;
  linkUrl: string;
};

type OfferMailProps = About & {
  /** As the giver calls themselves, and what they wrote; undefined where they left it out. */
  giverName: string | undefined;
  message: string | undefined;
  endsAtMs: EpochMs;
};

/** For whoever a ticket is offered to. Of its giver it tells what they typed for it, and nothing else. */
export function transferOfferMail({ giverName, message, endsAtMs, ...about }: OfferMailProps): Mail {
  const { subject, title, lead, until, open, ignore } = words.offer;
  const name = giverName ?? words.somebody;
  return ticketMail({
    ...about,
    subject: subject(name, about.event.title),
    title,
    lead: lead(name),
    note: message,
    terms: until(dayAndTime(endsAtMs, about.event.timeZone)),
    open,
    ignore,
  });
}

type NewsMailProps = About & {
  what: 'offered' | 'accepted' | 'declined' | 'expired';
  /** Masked; undefined for a link that its giver hands on. */
  sentTo: string | undefined;
};

/** For whoever offered a ticket. */
export function transferNewsMail({ what, sentTo, ...about }: NewsMailProps): Mail {
  const { subject, lead, ...said } = words[what];
  const written = typeof lead === 'string' ? lead : lead(sentTo ?? words.offered.aLink);
  return ticketMail({ ...about, ...said, subject: subject(about.event.title), lead: written });
}

export function transferReceivedMail(about: About): Mail {
  const { subject, title, lead, open, ignore } = words.received;
  return ticketMail({ ...about, subject: subject(about.event.title), title, lead, open, ignore });
}

export function ticketReissuedMail({ cause, ...about }: About & { cause: 'holder' | 'support' }): Mail {
  const { subject, title, lead, open, ignore } = words.reissued;
  return ticketMail({ ...about, subject: subject(about.event.title), title, lead: lead[cause], open, ignore });
}

/** For whoever was given a ticket: it has ended, with its event or by itself. */
export function ticketRevokedMail({ why, ...about }: About & { why: 'cancelled' | 'revoked' }): Mail {
  const { subject, title, lead, open, ignore } = words[why];
  const written = lead(about.event.title);
  return ticketMail({ ...about, subject: subject(about.event.title), title, lead: written, open, ignore });
}

/** For them too: the event moved, from when. */
export function ticketPostponedMail({
  was,
  ...about
}: About & { was: Pick<EventCard, 'startsAtMs' | 'endsAtMs'> }): Mail {
  const { subject, title, lead, terms, open, ignore } = words.postponed;
  const { title: event, timeZone } = about.event;
  return ticketMail({
    ...about,
    subject: subject(event),
    title,
    lead: lead(event, eventSpan(was.startsAtMs, was.endsAtMs, timeZone)),
    terms,
    open,
    ignore,
  });
}

type TicketMailProps = About & {
  subject: string;
  title: string;
  lead: string;
  /** What somebody wrote, shown as theirs. */
  note?: string | undefined;
  /** Said below the facts. */
  terms?: string | undefined;
  open: string;
  ignore: string;
};

/** A mail about one ticket, whoever has it: it tells nothing of an order, a price, or who bought it. */
function ticketMail(props: TicketMailProps): Mail {
  const { subject, title, lead, event, typeName, note, terms, open, linkUrl, ignore } = props;
  const facts = [
    [words.what, `${typeName}, ${event.title}`],
    [words.when, eventSpan(event.startsAtMs, event.endsAtMs, event.timeZone)],
    [words.where, `${event.venueName}, ${event.city}`],
  ] as const;
  const html = (
    <Frame subject={subject} title={title}>
      <p style="margin:0 0 16px">{lead}</p>
      <Facts facts={facts} />
      {note !== undefined && <Note text={note} />}
      {terms !== undefined && <p style="margin:16px 0 0">{terms}</p>}
      <MailButton href={linkUrl}>{open}</MailButton>
      <p style={`margin:0;font-size:13px;color:${look.muted}`}>{ignore}</p>
    </Frame>
  );
  const said = note === undefined ? [] : [`${words.offer.wrote}\n${quoted(note)}`];
  const parts = [title, lead, asText(facts), ...said, ...(terms === undefined ? [] : [terms]), `${open}: ${linkUrl}`];
  return { subject, html: asHtml(html), text: [...parts, ignore, messages.mail.footer].join('\n\n') };
}

/** Each line of it, so that no line of somebody's note can be taken for one of ours. */
const quoted = (note: string) =>
  note
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');

function Note({ text }: { text: string }) {
  return (
    <>
      <p style={`margin:16px 0 4px;font-size:13px;color:${look.muted}`}>{words.offer.wrote}</p>
      <p style={`margin:0;padding:0 0 0 12px;border-left:3px solid ${look.ink};white-space:pre-line`}>{text}</p>
    </>
  );
}
