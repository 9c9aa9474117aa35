import { pathTo } from '#workers/routes.ts';
import { Document } from '#workers/ui/document.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { ShiftView } from '../views.ts';

const words = messages.scanner;

/** A shared scanner with nobody at it: six digits, and it is somebody's. */
export function ShiftPage({ shift }: { shift: ShiftView }) {
  const { slug, eventTitle, label, gateName, error } = shift;
  return (
    <Document title={words.shiftTitle} bodyClass="gate" isPrivate>
      <header class="gate-top">
        <p class="gate-where">
          <b>{label}</b>
          <small>
            {gateName}, {eventTitle}
          </small>
        </p>
      </header>
      <main class="gate-step">
        <h1>{words.shiftTitle}</h1>
        <p class="summary">{words.shiftLead(label)}</p>
        <form method="post" action={pathTo('gateShift', { slug })}>
          <label for="pin">{words.pin}</label>
          <input
            id="pin"
            name="pin"
            type="password"
            inputmode="numeric"
            pattern="[0-9]{6}"
            maxlength={6}
            autocomplete="off"
            required
            autofocus
            aria-describedby={error === undefined ? 'pin-hint' : 'pin-error pin-hint'}
            aria-invalid={error === undefined ? undefined : 'true'}
          />
          {error !== undefined && (
            <p class="error" id="pin-error" role="alert">
              {error}
            </p>
          )}
          <p class="small" id="pin-hint">
            {words.pinHint}
          </p>
          <button class="button wide">{words.takeOver}</button>
        </form>
      </main>
    </Document>
  );
}

type StoppedPageProps = { title: string; detail: string };

/** A phone that is no scanner any more, in words that can be read across a counter. */
export function StoppedPage({ title, detail }: StoppedPageProps) {
  return (
    <Document title={title} bodyClass="gate" isPrivate islands={['gate/stopped.island.js']}>
      <main class="gate-step stopped">
        <svg class="lamp" viewBox="0 0 100 100" aria-hidden="true">
          <path d="M2 2h96v96H2z" />
          <path class="cut" d="M16 39h68v22H16z" />
        </svg>
        <h1>{title}</h1>
        <p class="summary">{detail}</p>
      </main>
    </Document>
  );
}
