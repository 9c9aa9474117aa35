import { pathTo } from '#workers/routes.ts';
import { Button } from '#workers/ui/components/button.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { dayAndTime } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { trailWords } from '#workers/ui/messages/trail-words.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { TrailView } from '../views.ts';
import { EventHead } from './event-head.tsx';

const words = messages.studio.trail;
const count = new Intl.NumberFormat('en-GB');
const idMax = 80;

/** Who may read it reads ids: names are looked up where somebody has a reason to. */
export function TrailPage({ viewer, view }: { viewer: Viewer; view: TrailView }) {
  const { event } = view;
  return (
    <Layout viewer={viewer} title={words.title(event.title)} section="studio" isPrivate>
      <EventHead event={event} current="trail" words={words} />
      <Check view={view} />
      <Filters view={view} />
      <Entries view={view} />
    </Layout>
  );
}

function Check({ view: { event, check } }: { view: TrailView }) {
  const { slug } = event;
  const { brokenAtSeq } = check;
  const entries = count.format(check.headSeq);
  return (
    <section class={check.ok ? 'trail-check' : 'trail-check is-broken'} role={check.ok ? 'status' : 'alert'}>
      <h2>
        {brokenAtSeq !== undefined
          ? words.broken(count.format(brokenAtSeq))
          : check.next === undefined
            ? words.whole(entries)
            : words.unfinished(entries)}
      </h2>
      {brokenAtSeq !== undefined && <p>{words.brokenNext}</p>}
      <p>
        <a href={pathTo('studioTrail', { slug })}>{words.check}</a>{' '}
        <a href={pathTo('apiTrail', { slug })} download>
          {words.download}
        </a>{' '}
        <span class="small">{words.downloadHint}</span>
      </p>
    </section>
  );
}

function Filters({ view: { event, gates, filter } }: { view: TrailView }) {
  return (
    <form class="trail-filters" method="get" action={pathTo('studioTrail', { slug: event.slug })}>
      <label>
        <span>{words.kind}</span>
        <select name="kind">
          <option value="">{words.any}</option>
          {Object.entries(words.kinds).map(([kind, text]) => (
            <option value={kind} selected={kind === filter.kind}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{words.gate}</span>
        <select name="gate">
          <option value="">{words.anyGate}</option>
          {gates.map(({ id, name }) => (
            <option value={id} selected={id === filter.gate}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{words.search}</span>
        <input type="text" name="id" value={filter.id} maxlength={idMax} autocomplete="off" spellcheck={false} />
      </label>
      <Button quiet>{words.apply}</Button>
    </form>
  );
}

function Entries({ view }: { view: TrailView }) {
  const { event, entries, looked, gates, filter, olderBefore } = view;
  const gateNames = new Map(gates.map(({ id, name }) => [id, name]));
  return (
    <section aria-labelledby="newest">
      <div class="section-head">
        <h2 id="newest">{words.newest}</h2>
        <p>{entries.length === 0 ? words.none : words.newestHint(entries.length, looked)}</p>
      </div>
      <ol class="trail" reversed>
        {entries.map((entry) => {
          const { what, about, who, at } = trailWords(entry, gateNames);
          return (
            <li class={`is-${'outcome' in entry ? entry.outcome : 'other'}`} value={entry.seq}>
              <p>
                <b>{what}</b> <span>{about}</span>
              </p>
              <p class="small">
                <span class="seq">{count.format(entry.seq)}</span> <time>{dayAndTime(entry.atMs, event.timeZone)}</time>{' '}
                {at} <span class="id">{who}</span>
              </p>
            </li>
          );
        })}
      </ol>
      {olderBefore !== undefined && (
        <p class="after">
          <a
            href={`${pathTo('studioTrail', { slug: event.slug })}?${new URLSearchParams({ ...filter, before: String(olderBefore) }).toString()}`}
          >
            {words.older}
          </a>
        </p>
      )}
    </section>
  );
}
