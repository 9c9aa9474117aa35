import { pathTo } from '#workers/routes.ts';
import { Document } from '#workers/ui/document.tsx';
import { clockTime } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { EmergencyPageView } from '../views.ts';

const words = messages.gate.emergency;
const count = new Intl.NumberFormat('en-GB');

/** For the worst minutes of a night: the numbers first, one switch, nothing else. Prints on a page for the fire brigade. */
export function EmergencyPage({ view }: { view: EmergencyPageView }) {
  const { event, open } = view;
  const here = pathTo('gateEmergency', { slug: event.slug });
  return (
    <Document title={words.title} bodyClass="gate" isPrivate islands={['gate/emergency.island.js']}>
      <main class="gate-page">
        <p class="no-print">
          <a href={pathTo('gateEvent', { slug: event.slug })}>← {words.back}</a>
        </p>
        <h1>{words.title}</h1>
        <p>{event.title}</p>
        <HeadCount view={view} />
        <p class="no-print">
          <a href={here}>{words.fresh}</a>{' '}
          <button class="link" type="button" hidden data-print>
            {words.print}
          </button>
        </p>
        {open === undefined ? <Open view={view} action={here} /> : <Close view={view} action={here} />}
      </main>
    </Document>
  );
}

function HeadCount({ view: { zones, takenAtMs, event } }: { view: EmergencyPageView }) {
  return (
    <section aria-labelledby="heads">
      <h2 id="heads">{words.heads}</h2>
      <p>
        {words.taken(clockTime(takenAtMs, event.timeZone))}. {words.headsHint}
      </p>
      <table class="heads">
        <thead>
          <tr>
            <th scope="col">{words.zone}</th>
            <th scope="col">{words.inside}</th>
            <th scope="col">{words.limit}</th>
          </tr>
        </thead>
        <tbody>
          {zones.map(({ zoneId, name, inside, limit }) => (
            <tr class={limit !== undefined && inside >= limit ? 'is-full' : undefined}>
              <th scope="row">{name}</th>
              <td data-inside={zoneId}>{count.format(inside)}</td>
              <td>{limit === undefined ? words.noLimit : count.format(limit)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type SwitchProps = { view: EmergencyPageView; action: string };

function Open({ view: { causes, error }, action }: SwitchProps) {
  return (
    <form class="gate-switch no-print" method="post" action={action}>
      <h2>{words.open}</h2>
      <p>{words.openLead}</p>
      <Error text={error} />
      <input type="hidden" name="to" value="open" />
      <label>
        <span>{words.cause}</span>
        <select name="cause">
          {causes.map((cause) => (
            <option value={cause}>{words.causes[cause]}</option>
          ))}
        </select>
      </label>
      <Sure text={words.confirm} />
      <button class="button">{words.open}</button>
    </form>
  );
}

function Close({ view: { open, event, error }, action }: SwitchProps) {
  if (open === undefined) return null;
  return (
    <form class="gate-switch is-open" method="post" action={action}>
      <h2>{words.isOpen}</h2>
      <p>{words.openSince(clockTime(open.sinceMs, event.timeZone), words.causes[open.cause] ?? open.cause)}</p>
      <p class="no-print">{words.closeLead}</p>
      <Error text={error} />
      <input type="hidden" name="to" value="close" />
      <Sure text={words.confirmClose} />
      <button class="button no-print">{words.close}</button>
    </form>
  );
}

function Sure({ text }: { text: string }) {
  return (
    <label class="sure no-print">
      <input type="checkbox" name="sure" value="yes" required />
      {text}
    </label>
  );
}

function Error({ text }: { text: string | undefined }) {
  return text === undefined ? null : (
    <p class="error" role="alert">
      {text}
    </p>
  );
}
