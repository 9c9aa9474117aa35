import type { Verdict } from '#shared/admission/verdict.ts';
import { pathTo } from '#workers/routes.ts';
import { stockOf } from '#workers/ui/components/stock.ts';
import { Document } from '#workers/ui/document.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import { verdictWords } from '#workers/ui/messages/verdict-words.ts';
import type { GateView } from '../views.ts';
import { Lamp } from './lamp.tsx';

const words = messages.gate;

/** Longer than any code: a scanner that runs two codes together is refused as unreadable, not cut. */
const codeMax = 1024;

/**
 * A steward's whole screen: the answer above, the input below. It reads in sun and in the dark, at arm's length, and
 * by somebody who has looked at nothing else for three hours. A form without JavaScript; faster with its island.
 */
export function GatePage({ gate }: { gate: GateView }) {
  const { event, gateName, gateId, stewardName, scanId, verdict } = gate;
  return (
    <Document title={words.title(gateName)} bodyClass="gate" isPrivate islands={['gate/gate.island.js']}>
      <header class="gate-top">
        <h1>
          {gateName}
          <small>{event.title}</small>
        </h1>
        <p>
          <span>{stewardName}</span>
          <a href={pathTo('gate')}>{words.change}</a>
        </p>
      </header>
      <main
        data-gate
        data-gate-id={gateId}
        data-time-zone={event.timeZone}
        data-scans={pathTo('gateScan', { slug: event.slug })}
      >
        <Answer verdict={verdict} timeZone={event.timeZone} />
        <form class="gate-form" method="post" action={pathTo('gateScan', { slug: event.slug })}>
          <label for="code">{words.code}</label>
          <div>
            <input
              id="code"
              name="code"
              required
              autofocus
              autocomplete="off"
              autocapitalize="characters"
              autocorrect="off"
              spellcheck={false}
              enterkeyhint="go"
              maxlength={codeMax}
              aria-describedby="code-hint"
            />
            <button class="button">{words.check}</button>
          </div>
          <p class="small" id="code-hint">
            {words.codeHint}
          </p>
          <input type="hidden" name="gate" value={gateId} />
          <input type="hidden" name="scan_id" value={scanId} />
        </form>
        <section class="gate-recent" hidden>
          <h2>{words.recent}</h2>
          <ol data-recent></ol>
        </section>
      </main>
    </Document>
  );
}

/** The island writes into these same elements, so both ways look alike. */
function Answer({ verdict, timeZone }: { verdict: Verdict | undefined; timeZone: string }) {
  const shown = verdict && verdictWords(verdict, timeZone);
  const paper = verdict?.ticket && stockOf(verdict.ticket.accessLevel);
  return (
    <section class="answer" aria-label={words.verdict} data-answer data-outcome={verdict?.outcome ?? 'ready'}>
      <Lamp />
      <div role="status" aria-atomic="true">
        <p class="word" data-word>
          {shown?.word ?? words.ready}
        </p>
        <p class="says" data-says>
          {shown?.says ?? words.readyNext}
        </p>
        <p data-next>{shown?.next}</p>
        <ul data-facts>
          {shown?.facts.map((fact) => (
            <li>{fact}</li>
          ))}
        </ul>
      </div>
      <p class={`paper ${paper ?? ''}`} data-paper hidden={verdict?.ticket === undefined}>
        {verdict?.ticket && `${verdict.ticket.typeName}, ${verdict.ticket.accessLevel}`}
      </p>
    </section>
  );
}
