import { pathTo } from '#workers/routes.ts';
import { Document } from '#workers/ui/document.tsx';
import { clockTime } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { GateView } from '../views.ts';
import { Answer, Steps } from './answer.tsx';

const words = messages.gate;

/** Longer than any code: a scanner that runs two codes together is refused as unreadable, not cut. */
const codeMax = 1024;

/**
 * A steward's whole screen: the answer above, the input below. It reads in sun and in the dark, at arm's length, and
 * by somebody who has looked at nothing else for three hours. Forms without JavaScript; faster with its island.
 */
export function GatePage({ gate }: { gate: GateView }) {
  const { event, gateName, gateId, can } = gate;
  const { slug } = event;
  return (
    <Document title={words.title(gateName)} bodyClass="gate" isPrivate islands={['gate/gate.island.js']}>
      <GateTop gate={gate} />
      <OpenBanner gate={gate} />
      <main
        data-gate
        data-gate-id={gateId}
        data-time-zone={event.timeZone}
        data-scans={pathTo('gateScan', { slug })}
        data-undo={pathTo('gateUndo', { slug })}
        data-redemptions={pathTo('gateRedeem', { slug })}
        data-now={pathTo('gateNow', { slug })}
        data-may-override={can.mayOverride ? '' : undefined}
        data-may-redeem={can.mayRedeem ? '' : undefined}
      >
        <Answer answer={gate.answer} timeZone={event.timeZone} />
        <Steps gate={gate} />
        <ScanForm gate={gate} isFirst />
        <Recent />
        <Tools gate={gate} />
      </main>
    </Document>
  );
}

export function GateTop({ gate: { event, gateName, stewardName, scanner } }: { gate: GateView }) {
  return (
    <header class="gate-top">
      <h1>
        {gateName}
        <small>{scanner === undefined ? event.title : `${scanner.label}, ${event.title}`}</small>
      </h1>
      <p>
        <span>{stewardName}</span>
        {scanner === undefined && <a href={pathTo('gate')}>{words.change}</a>}
      </p>
      {scanner?.isShared && (
        <form method="post" action={pathTo('gateShiftEnd', { slug: event.slug })}>
          <button class="link">{messages.scanner.endShift}</button>
        </form>
      )}
    </header>
  );
}

/** Drawn closed as well: the page stands open all day, and its island shows this when the gates are opened. */
export function OpenBanner({ gate: { openSinceMs, event } }: { gate: GateView }) {
  return (
    <div class="gate-open" role="alert" hidden={openSinceMs === undefined} data-open>
      <b>{words.opened.title}</b>
      <span data-open-says>
        {openSinceMs !== undefined && words.opened.says(clockTime(openSinceMs, event.timeZone))}
      </span>
    </div>
  );
}

/** `isFirst` where the field is what the page is for; beside a camera it would only bring up a keyboard. */
export function ScanForm({ gate, isFirst }: { gate: GateView; isFirst: boolean }) {
  const { event, gateId, direction, isCounter, freshId } = gate;
  return (
    <form class="gate-form" method="post" action={pathTo('gateScan', { slug: event.slug })} data-scan>
      <label for="code">{words.code}</label>
      {!isCounter && <Direction direction={direction} />}
      <div>
        <input
          id="code"
          name="code"
          required
          autofocus={isFirst}
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
      <input type="hidden" name="scan_id" value={freshId()} />
    </form>
  );
}

/** Filled by an island. */
export function Recent() {
  return (
    <section class="gate-recent" hidden>
      <h2>{words.recent}</h2>
      <ol data-recent></ol>
    </section>
  );
}

/** Part of the form, so that it is remembered with each scan, and of the page's address when it was reached by one. */
function Direction({ direction }: { direction: GateView['direction'] }) {
  return (
    <fieldset class="gate-way">
      <legend>{words.direction.legend}</legend>
      {(['in', 'out'] as const).map((way) => (
        <label>
          <input type="radio" name="direction" value={way} checked={way === direction} />
          <span>{words.direction[way]}</span>
        </label>
      ))}
    </fieldset>
  );
}

export function Tools({ gate: { event, gateId, can } }: { gate: GateView }) {
  const { slug } = event;
  const here = `?gate=${encodeURIComponent(gateId)}`;
  return (
    <nav class="gate-tools" aria-label={words.tools.title}>
      {can.mayOverride && <a href={`${pathTo('gateFind', { slug })}${here}`}>{words.tools.find}</a>}
      {can.mayOpenAll && <a href={`${pathTo('gateEmergency', { slug })}${here}`}>{words.tools.emergency}</a>}
      <p data-location hidden>
        <label>
          <input type="checkbox" data-location-switch aria-describedby="location-hint" />
          {words.tools.location}
        </label>
        <span class="small" id="location-hint" data-location-hint>
          {words.tools.locationHint}
        </span>
      </p>
    </nav>
  );
}
