import { pathTo } from '#workers/routes.ts';
import { Button, ButtonLink } from '#workers/ui/components/button.tsx';
import { Notice } from '#workers/ui/components/notice.tsx';
import { dayAndTime } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { TicketActs } from '#workers/ui/views.ts';

const words = messages.transfers.acts;

/** What was just done with a ticket, above it. */
export function Done({ done }: Pick<TicketActs, 'done'>) {
  if (done === undefined) return null;
  const said = {
    anew: [words.anewTitle, words.anewDetail],
    taken_back: [words.takenBackTitle, words.takenBackDetail],
    yours: [words.yoursTitle, words.yoursDetail],
  } as const;
  const [title, detail] = said[done];
  return (
    <div class="ticket-news">
      <Notice title={title} kind="news">
        <p>{detail}</p>
      </Notice>
    </div>
  );
}

/** What its holder can do with a ticket, below it: nothing here stands between them and the gate. */
export function Acts({ acts, timeZone }: { acts: TicketActs; timeZone: string }) {
  const { offer, mayGive, mayReissue, keep } = acts;
  if (offer === undefined && !mayGive && !mayReissue && keep === undefined) return null;
  return (
    <aside class="ticket-acts" aria-label={words.label}>
      {offer && <Offered acts={acts} offer={offer} timeZone={timeZone} />}
      {keep && <Keep acts={acts} keep={keep} />}
      {(mayGive || mayReissue) && (
        <p class="ticket-links">
          {mayGive && <a href={pathTo('ticketGive', placeOf(acts))}>{words.give}</a>}
          {mayReissue && <a href={pathTo('ticketReissue', placeOf(acts))}>{words.reissue}</a>}
        </p>
      )}
    </aside>
  );
}

type OfferedProps = { acts: TicketActs; offer: NonNullable<TicketActs['offer']>; timeZone: string };

function Offered({ acts, offer, timeZone }: OfferedProps) {
  return (
    <section>
      <h2>{words.offered}</h2>
      <p>
        {offer.isMailed ? words.byMail : words.byLink} {words.stillYours}{' '}
        {words.endsAt(dayAndTime(offer.endsAtMs, timeZone))}
      </p>
      <div class="actions">
        <TakeBack acts={acts} />
        <ButtonLink href={pathTo('ticketGive', placeOf(acts))} quiet>
          {words.look}
        </ButtonLink>
      </div>
    </section>
  );
}

export function TakeBack({ acts }: { acts: Place }) {
  return (
    <form method="post" action={pathTo('ticketGive', placeOf(acts))}>
      <input type="hidden" name="do" value="withdraw" />
      <Button quiet>{words.withdraw}</Button>
    </form>
  );
}

function Keep({ acts, keep }: { acts: TicketActs; keep: NonNullable<TicketActs['keep']> }) {
  const next = new URLSearchParams({ next: pathTo('ticketHeld', placeOf(acts)) });
  return (
    <section>
      <h2>{words.keepTitle}</h2>
      <p>{keep === 'add' ? words.keepAdd : words.keepSignIn}</p>
      {keep === 'add' ? (
        <form method="post" action={pathTo('ticketKeep', placeOf(acts))}>
          <Button quiet>{words.add}</Button>
        </form>
      ) : (
        <ButtonLink href={`${pathTo('signIn')}?${next.toString()}`} quiet>
          {words.signIn}
        </ButtonLink>
      )}
    </section>
  );
}

type Place = Pick<TicketActs, 'eventId' | 'ticketId'>;
const placeOf = ({ eventId, ticketId }: Place) => ({ eventId, ticketId });
