import { boardOf } from '#shared/live/board.ts';
import type { LiveSnapshot } from '#shared/live/snapshot.ts';
import { pathTo } from '#workers/routes.ts';
import { Layout } from '#workers/ui/layout.tsx';
import { boardWords } from '#workers/ui/messages/board-words.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { LiveView } from '../views.ts';
import { Arrivals } from './board/arrivals.tsx';
import { Figure, type Written } from './board/figure.tsx';
import { GateTable, LinkTable, TypeTable, ZoneTable } from './board/tables.tsx';
import { Tally } from './board/tally.tsx';
import { StudioNavigation } from './navigation.tsx';

const words = messages.studio.live;

/**
 * Saturday night, across the room: how many are inside, how fast they come, where it jams. Drawn whole by the server and
 * true without JavaScript; its island keeps the same places up to date and says how old they are.
 */
export function LivePage({ viewer, live }: { viewer: Viewer; live: LiveView }) {
  const { event, snapshot, socketUrl, linkLabels } = live;
  const board = boardOf({ ...snapshot, links: everyLink(live) });
  const written = boardWords(board, event.timeZone);
  return (
    <Layout
      viewer={viewer}
      title={words.title(event.title)}
      section="studio"
      isPrivate
      islands={['studio/live.island.js']}
    >
      <div data-live data-socket={socketUrl} data-seq={snapshot.seq} data-time-zone={event.timeZone}>
        <div class="board">
          <header class="board-head">
            <div>
              <StudioNavigation event={event} current="live" />
              <h1>{event.title}</h1>
            </div>
            <Signal written={written} url={pathTo('studioLive', { slug: event.slug })} />
          </header>
          <Tally board={board} written={written} />
          <Arrivals board={board} written={written} timeZone={event.timeZone} />
        </div>
        <div class="board-tables" data-tables>
          <TypeTable board={board} written={written} />
          <div>
            <ZoneTable board={board} written={written} />
            <GateTable board={board} written={written} />
            <LinkTable event={event} board={board} written={written} labels={linkLabels} />
          </div>
        </div>
      </div>
    </Layout>
  );
}

/** The best first. Links that sold nothing yet are listed too: the poster that brings nobody is news. */
function everyLink({ snapshot, linkLabels }: LiveView): LiveSnapshot['links'] {
  const sold = new Map(Object.keys(linkLabels).map((code) => [code, 0]));
  for (const link of snapshot.links) sold.set(link.code, link.sold);
  return [...sold].map(([code, tickets]) => ({ code, sold: tickets })).toSorted((one, other) => other.sold - one.sold);
}

/**
 * How much the numbers are worth. Its seconds count in silence: a region of its own says, now and then, what changed.
 */
function Signal({ written, url }: { written: Written; url: string }) {
  return (
    <div class="signal" data-signal="still">
      <p>
        <b data-signal-word></b>
        <span data-signal-age></span>
      </p>
      <p class="small">
        <Figure written={written} name="taken" isQuiet />
      </p>
      <p class="small">
        <Figure written={written} name="looking" isQuiet />
      </p>
      <a href={url} data-signal-reload>
        {words.reload}
      </a>
      <p class="hidden" role="status" data-announced></p>
    </div>
  );
}
