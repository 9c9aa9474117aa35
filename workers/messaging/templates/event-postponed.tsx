import type { EpochMs } from '#shared/time.ts';
import { dayAndTime, eventSpan } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { Mail } from './frame.tsx';
import { letter } from './refund-made.tsx';

const words = messages.mail.eventPostponed;

type Dates = { readonly startsAtMs: EpochMs; readonly endsAtMs: EpochMs };

type EventPostponedProps = {
  readonly title: string;
  readonly timeZone: string;
  readonly was: Dates;
  readonly now: Dates;
  /** money: it may come back until then · free: there is none · recipient: it is somebody else's. */
  readonly choice: { readonly kind: 'money'; readonly untilMs: EpochMs } | { readonly kind: 'free' | 'recipient' };
  readonly reference: string;
  readonly orderLinkUrl: string;
};

/** An event moves: from when to when, and what may be done about it until when. */
export function eventPostponed(props: EventPostponedProps): Mail {
  const { title, timeZone, was, now, choice, reference, orderLinkUrl } = props;
  return letter({
    subject: words.subject(title),
    title: words.title,
    paragraphs: [
      words.lead(title),
      words.keep,
      choice.kind === 'money' ? words.choose(dayAndTime(choice.untilMs, timeZone)) : words[choice.kind],
    ],
    facts: [
      [words.now, eventSpan(now.startsAtMs, now.endsAtMs, timeZone)],
      [words.was, eventSpan(was.startsAtMs, was.endsAtMs, timeZone)],
      [messages.mail.order.reference, reference],
    ],
    button: { label: words.open, href: orderLinkUrl },
  });
}
