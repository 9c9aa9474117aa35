import { pathTo } from '#workers/routes.ts';
import { Notice } from '#workers/ui/components/notice.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { dayAndTime, isoInstant } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { ProjectionHealthView } from '../views.ts';

const words = messages.operations;

type OperationsPageProps = {
  viewer: Viewer;
  health: ProjectionHealthView;
  problem: { title: string; detail: string } | undefined;
};

/** What got stuck first, then every log and how far it has been read. */
export function OperationsPage({ viewer, health, problem }: OperationsPageProps) {
  const { sources, poison, isPoisonFull } = health;
  return (
    <Layout viewer={viewer} title={words.title} section="studio" isPrivate>
      <div class="opening">
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
      </div>
      {problem !== undefined && (
        <Notice kind="refusal" title={problem.title}>
          <p>{problem.detail}</p>
        </Notice>
      )}
      <section aria-labelledby="aside">
        <h2 id="aside">{words.aside}</h2>
        {poison.length === 0 && <p class="all-well">{words.noneAside}</p>}
        <ul class="aside">
          {poison.map((entry) => (
            <Aside entry={entry} />
          ))}
        </ul>
        {isPoisonFull && <p>{words.asideFull(poison.length)}</p>}
      </section>
      <section aria-labelledby="logs">
        <h2 id="logs">{words.logs}</h2>
        {sources.length === 0 ? <p>{words.noLogs}</p> : <Logs sources={sources} />}
      </section>
    </Layout>
  );
}

/** The platform has no place of its own, so its clock is UTC and says so. */
const timeOf = (atMs: number) => `${dayAndTime(atMs, 'UTC')} UTC`;

function Time({ atMs }: { atMs: number }) {
  return <time datetime={isoInstant(atMs)}>{timeOf(atMs)}</time>;
}

function Aside({ entry }: { entry: ProjectionHealthView['poison'][number] }) {
  const { source, seq, kind, why, setAsideAtMs } = entry;
  const nameId = `about-${source}-${seq}`;
  return (
    <li>
      <h3 id={nameId}>
        <code>{source}</code> {words.entry(seq)}
      </h3>
      <p>
        <code>{kind}</code>: {why}
      </p>
      <p class="small">
        {words.since} <Time atMs={setAsideAtMs} />
      </p>
      <form method="post" action={pathTo('studioOperations')}>
        <input type="hidden" name="source" value={source} />
        <button class="button quiet" aria-describedby={nameId}>
          {words.again}
        </button>
      </form>
    </li>
  );
}

function Logs({ sources }: Pick<ProjectionHealthView, 'sources'>) {
  return (
    // Wider than a phone: it must take the focus, or no key could move it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div class="scrolls" role="region" aria-labelledby="logs" tabindex={0}>
      <table class="logs">
        <thead>
          <tr>
            <th scope="col">{words.log}</th>
            <th scope="col">{words.read}</th>
            <th scope="col">{words.newest}</th>
            <th scope="col">{words.behind}</th>
            <th scope="col">{words.lag}</th>
            <th scope="col">{words.measured}</th>
          </tr>
        </thead>
        <tbody>
          {sources.map(({ source, cursorSeq, headSeq, behind, lagMs, measuredAtMs }) => (
            <tr class={behind > 0 ? 'is-behind' : undefined}>
              <th scope="row">
                <code>{source}</code>
              </th>
              <td>{words.number(cursorSeq)}</td>
              <td>{words.number(headSeq)}</td>
              <td>{behind > 0 ? words.behindBy(behind) : words.upToDate}</td>
              <td>{words.duration(lagMs)}</td>
              <td>
                <Time atMs={measuredAtMs} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
