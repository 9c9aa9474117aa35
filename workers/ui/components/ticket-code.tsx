import { raw } from 'hono/html';
import { messages } from '#workers/ui/messages/en.ts';
import type { LiveView, TicketView } from '#workers/ui/views.ts';

const words = messages.ticket;

type TicketCodeProps = Pick<TicketView, 'qrSvg' | 'handle' | 'status' | 'isNumberEnough'> & {
  live?: LiveView | undefined;
  /** Its name among the pieces of a page that keeps itself up to date. */
  piece?: string | undefined;
};

/** What a gate reads. Black on white in every theme: scanners read light, not design. */
export function TicketCode({ qrSvg, handle, status, isNumberEnough, live, piece }: TicketCodeProps) {
  return (
    <section class="ticket-code" aria-label={words.qrLabel} data-piece={piece}>
      {qrSvg === undefined ? (
        live === undefined && <p class="no-code">{words.withoutCode[status]}</p>
      ) : (
        <div data-paper>
          <div class="qr" role="img" aria-label={words.qrLabel}>
            {raw(qrSvg)}
          </div>
          {handle !== undefined && <Handle handle={handle} label={words.handleLabel} />}
        </div>
      )}
      {live && <LiveCode live={live} />}
      {handle !== undefined && !isNumberEnough && (
        <Handle handle={handle} label={words.handleSpelled} note={messages.transfers.numberAlone} />
      )}
    </section>
  );
}

/** Drawn by its island: a code that changes every ten seconds is made by the phone's own key, which takes a script. */
function LiveCode({ live }: { live: LiveView }) {
  const { needsScripts, reentryNeedsScripts } = messages.liveCode;
  return (
    <>
      <div class="live-code" data-live={JSON.stringify(live)}></div>
      <noscript>
        <p class="live-note">{live.form === 'live_only' ? needsScripts : reentryNeedsScripts}</p>
      </noscript>
    </>
  );
}

function Handle({ handle, label, note }: { handle: string; label: string; note?: string }) {
  return (
    <p class="handle">
      <span>{label}</span>
      <code>
        {handle.split('-').map((group) => (
          <>
            <span>{group}</span>{' '}
          </>
        ))}
      </code>
      {note && <span class="number-note">{note}</span>}
    </p>
  );
}
