import type { Board } from '#shared/live/board.ts';
import { pathTo } from '#workers/routes.ts';
import { linkName } from '#workers/ui/messages/board-words.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { EventCard } from '#workers/ui/views.ts';
import { Barcode } from './barcode.tsx';
import { Figure, type Written } from './figure.tsx';

const words = messages.studio.live;
const typeColumns = ['admitted', 'sold', 'held', 'left', 'capacity'] as const;

type TableProps = { board: Board; written: Written };

/** A body of two rows for each type, its name and bar above its numbers: one shape that fits a phone and a wall. */
export function TypeTable({ board, written }: TableProps) {
  return (
    <section aria-labelledby="types">
      <div class="section-head">
        <h2 id="types">{words.types}</h2>
        <p>{words.typesHint}</p>
      </div>
      <table class="counts">
        <thead>
          <tr>
            {typeColumns.map((column) => (
              <th scope="col" id={`column-${column}`}>
                {words[column]}
              </th>
            ))}
          </tr>
        </thead>
        {board.types.map((type) => (
          <tbody>
            <tr>
              <th scope="rowgroup" colspan={typeColumns.length} id={`type-${type.id}`}>
                {type.name}
                <Barcode name={`type/${type.id}`} counts={type} />
              </th>
            </tr>
            <tr>
              {typeColumns.map((column) => (
                <td headers={`type-${type.id} column-${column}`}>
                  <Figure written={written} name={`type/${type.id}/${column}`} />
                </td>
              ))}
            </tr>
          </tbody>
        ))}
      </table>
    </section>
  );
}

export function GateTable({ board, written }: TableProps) {
  return (
    <section aria-labelledby="gates">
      <div class="section-head">
        <h2 id="gates">{words.gates}</h2>
      </div>
      <table class="counts by-row">
        <thead>
          <tr>
            <th scope="col">{words.gate}</th>
            <th scope="col">{words.admitted}</th>
            <th scope="col">{words.refused}</th>
            <th scope="col">{words.exited}</th>
          </tr>
        </thead>
        <tbody>
          {board.gates.map(({ gateId, name }) => (
            <tr>
              <th scope="row">{name}</th>
              <td>
                <Figure written={written} name={`gate/${gateId}/admitted`} />
              </td>
              <td>
                <Figure written={written} name={`gate/${gateId}/refused`} />
              </td>
              <td>
                <Figure written={written} name={`gate/${gateId}/exited`} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A hall that may hold sixty is full at sixty, whoever still has a ticket for it. */
export function ZoneTable({ board, written }: TableProps) {
  return (
    <section aria-labelledby="zones">
      <div class="section-head">
        <h2 id="zones">{words.zones}</h2>
        <p>{words.zonesHint}</p>
      </div>
      <table class="counts by-row">
        <thead>
          <tr>
            <th scope="col">{words.zone}</th>
            <th scope="col">{words.insideNow}</th>
            <th scope="col">{words.limit}</th>
          </tr>
        </thead>
        <tbody>
          {board.zones.map(({ zoneId, name }) => (
            <tr>
              <th scope="row">{name}</th>
              <td>
                <Figure written={written} name={`zone/${zoneId}/inside`} />
              </td>
              <td>
                <Figure written={written} name={`zone/${zoneId}/limit`} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type LinkTableProps = TableProps & { event: EventCard; labels: Readonly<Record<string, string>> };

export function LinkTable({ event, board, written, labels }: LinkTableProps) {
  const { links } = board;
  return (
    <section aria-labelledby="links">
      <div class="section-head">
        <h2 id="links">{words.links}</h2>
        <p>{links.length === 0 ? words.linksEmpty : words.linksHint}</p>
      </div>
      {links.length > 0 && (
        <table class="counts by-row">
          <thead>
            <tr>
              <th scope="col">{words.wayIn}</th>
              <th scope="col">{words.sold}</th>
            </tr>
          </thead>
          <tbody>
            {links.map(({ code }) => (
              <tr>
                <th scope="row">{labels[code] ?? code}</th>
                <td>
                  <Figure written={written} name={linkName(code)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p class="after">
        <a href={pathTo('studioLinks', { slug: event.slug })}>{messages.studio.links.make}</a>
      </p>
    </section>
  );
}
