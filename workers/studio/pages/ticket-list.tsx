import type { ListedTicket } from '#objects/event-inventory/client.ts';
import { orderReference } from '#shared/ids.ts';
import { showHandle } from '#shared/tickets/handle.ts';
import { pathTo } from '#workers/routes.ts';
import { Layout } from '#workers/ui/layout.tsx';
import { dayAndTime } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { EventCard } from '#workers/ui/views.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import { EventHead } from './event-head.tsx';

const words = messages.floor;

export type TicketListView = {
  readonly event: EventCard;
  readonly timeZone: string;
  readonly now: number;
  readonly after: string;
  readonly page: readonly ListedTicket[];
  readonly hasMore: boolean;
  readonly typeNames: ReadonlyMap<string, string>;
};

/** The last resort, on paper: found by the number under each code. No names, because paper is left lying about. */
export function TicketListPage({ viewer, list }: { viewer: Viewer; list: TicketListView }) {
  const { event, timeZone, now, after, page, typeNames } = list;
  const here = pathTo('studioTicketList', { slug: event.slug });
  const last = page.at(-1);
  const columns = words.listColumns;
  return (
    <Layout
      viewer={viewer}
      title={words.listTitle(event.title)}
      section="studio"
      isPrivate
      islands={['ui/print.island.js']}
    >
      <EventHead
        event={event}
        current="gates"
        words={{ kicker: words.list, lead: words.listLead(dayAndTime(now, timeZone)) }}
      />
      {page.length > 0 && (
        <p class="on-screen">
          <button class="button" data-print-page hidden>
            {words.print}
          </button>
        </p>
      )}
      {page.length === 0 ? (
        <p>{words.listNone}</p>
      ) : (
        <table class="ticket-list">
          <thead>
            <tr>
              <th scope="col">{columns.number}</th>
              <th scope="col">{columns.type}</th>
              <th scope="col">{columns.order}</th>
              <th scope="col">{columns.used}</th>
              <th scope="col">{columns.tick}</th>
            </tr>
          </thead>
          <tbody>
            {page.map(({ handle, typeId, orderId, status, entries }) => {
              const isVoid = words.voided[status];
              return (
                <tr class={isVoid === undefined ? undefined : 'is-void'}>
                  <th scope="row">{showHandle(handle)}</th>
                  <td>{isVoid ?? typeNames.get(typeId) ?? typeId}</td>
                  <td>{orderReference(orderId)}</td>
                  <td>{entries}</td>
                  <td class="tick"></td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <p class="on-screen">
        {after !== '' && <a href={here}>{words.listFirst}</a>}{' '}
        {last !== undefined && list.hasMore && <a href={`${here}?after=${last.handle}`}>{words.listNext}</a>}
      </p>
    </Layout>
  );
}
