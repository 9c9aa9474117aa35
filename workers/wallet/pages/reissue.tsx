import { pathTo } from '#workers/routes.ts';
import { Button, ButtonLink } from '#workers/ui/components/button.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';

const words = messages.transfers.reissue;

export type ReissueView = {
  eventId: string;
  ticketId: string;
  ticketUrl: string;
  typeName: string;
  eventTitle: string;
  /** Made when the page is drawn; sent back by the form, so that a second press is the same one. */
  key: string;
};

/** Asks before it makes codes void: whoever printed theirs for the family must not do so by a slip of the thumb. */
export function ReissuePage({ viewer, view }: { viewer: Viewer; view: ReissueView }) {
  const { eventId, ticketId, ticketUrl, typeName, eventTitle, key } = view;
  return (
    <Layout viewer={viewer} title={words.title} section="tickets" isPrivate>
      <form class="desk give" method="post" action={pathTo('ticketReissue', { eventId, ticketId })}>
        <h1>{words.title}</h1>
        <p class="summary">{messages.transfers.give.what(typeName, eventTitle)}</p>
        <p>{words.lead}</p>
        <ul class="plain-list">
          {words.what.map((line) => (
            <li>{line}</li>
          ))}
        </ul>
        <input type="hidden" name="key" value={key} />
        <div class="actions">
          <Button>{words.button}</Button>
          <ButtonLink href={ticketUrl} quiet>
            {words.back}
          </ButtonLink>
        </div>
      </form>
    </Layout>
  );
}
