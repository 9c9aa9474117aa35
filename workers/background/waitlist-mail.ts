import type { Mail } from '#workers/messaging/message-port.ts';
import type { OutgoingMessage } from '#workers/messaging/outgoing.ts';
import { waitlistMail } from '#workers/messaging/templates/waitlist.tsx';
import { findPlace, offerMinutes, waitlistLink } from '#workers/operations/waitlist.ts';
import { pathTo } from '#workers/routes.ts';
import type { Services } from '#workers/services.ts';

type WaitlistMessage = Extract<OutgoingMessage, { kind: `waitlist_${string}` }>;

/** Undefined when the place was given up, taken or erased since: there is nothing to say to anybody. */
export async function writeWaitlistMail(
  services: Services,
  { kind, entryId, offerEndsAtMs }: WaitlistMessage,
): Promise<Mail | undefined> {
  const place = await findPlace(services, entryId);
  if (!place.ok) return undefined;
  const { contact, sale, typeName } = place.value;
  const { event } = sale;
  // Written too late: an offer that has run out is told of by the mail about that.
  if (kind === 'waitlist_offered' && (offerEndsAtMs ?? 0) <= services.clock()) return undefined;
  // Nobody's turn comes any more: the one mail about that is enough.
  if (kind !== 'waitlist_cancelled' && sale.rules.status === 'cancelled') return undefined;
  const { publicOrigin } = services.settings;
  const linkUrl =
    kind === 'waitlist_cancelled'
      ? `${publicOrigin}${pathTo('home')}`
      : kind === 'waitlist_lapsed'
        ? `${publicOrigin}${pathTo('event', { slug: event.slug })}`
        : await waitlistLink(services, { entryId, offerEndsAtMs, expiresAtMs: event.endsAtMs });
  const about = { eventTitle: event.title, typeName, quantity: contact.quantity, timeZone: event.timeZone };
  const written = waitlistMail({ kind, ...about, offerEndsAtMs, offerMinutes, linkUrl });
  return { channel: 'email', to: contact.email, idempotencyKey: `${kind}/${entryId}`, ...written };
}
