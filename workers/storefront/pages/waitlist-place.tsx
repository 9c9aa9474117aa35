import { pathTo } from '#workers/routes.ts';
import { Button } from '#workers/ui/components/button.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { dayAndTime } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { EventCard } from '#workers/ui/views.ts';

const words = messages.storefront.waitlist;

export type PlaceView = {
  event: EventCard;
  typeId: string;
  typeName: string;
  quantity: number;
  status: 'waiting' | 'offered' | 'taken' | 'lapsed' | 'left';
  offerEndsAtMs: number | undefined;
  offerMinutes: number;
  token: string;
};

/** Where a waitlist's mails lead. Mail scanners open links, so opening one decides nothing: only its buttons do. */
export function WaitlistPlacePage({ view }: { view: PlaceView }) {
  const { event, status, typeName, quantity, typeId } = view;
  const again = `${pathTo('waitlist', { slug: event.slug })}?type=${encodeURIComponent(typeId)}`;
  return (
    <Layout viewer="anonymous" title={words.place[status]} isPrivate>
      <div class="desk">
        <h1>{words.place[status]}</h1>
        <p class="summary">
          {words.forWhat(quantity, typeName, event.title)} {detailOf(view)}
        </p>
        {status === 'offered' && <Act view={view} what="take" text={words.take} />}
        {(status === 'waiting' || status === 'offered') && <Act view={view} what="leave" text={words.leave} isQuiet />}
        {(status === 'lapsed' || status === 'left') && (
          <p>
            <a href={again}>{words.again}</a>
          </p>
        )}
        <p class="small">{messages.signIn.onlyYou}</p>
      </div>
    </Layout>
  );
}

function detailOf({ status, offerEndsAtMs, offerMinutes, event }: PlaceView): string {
  if (status === 'offered' && offerEndsAtMs !== undefined) {
    return words.offeredUntil(dayAndTime(offerEndsAtMs, event.timeZone));
  }
  return status === 'offered' ? words.offeredFor(offerMinutes) : words.placeDetail[status];
}

type ActProps = { view: PlaceView; what: 'take' | 'leave'; text: string; isQuiet?: boolean | undefined };

function Act({ view, what, text, isQuiet }: ActProps) {
  return (
    <form method="post" action={pathTo('waitlistLink')}>
      <input type="hidden" name="token" value={view.token} />
      <input type="hidden" name="do" value={what} />
      <Button quiet={isQuiet}>{text}</Button>
    </form>
  );
}
