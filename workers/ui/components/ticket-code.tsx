import { raw } from 'hono/html';
import { messages } from '#workers/ui/messages/en.ts';
import type { TicketView } from '#workers/ui/views.ts';

const words = messages.ticket;

type TicketCodeProps = Pick<TicketView, 'qrSvg' | 'handle' | 'status'> & {
  /** Its name among the pieces of a page that keeps itself up to date. */
  piece?: string | undefined;
};

/** What a gate reads. Black on white in every theme: scanners read light, not design. */
export function TicketCode({ qrSvg, handle, status, piece }: TicketCodeProps) {
  return (
    <section class="ticket-code" aria-label={words.qrLabel} data-piece={piece}>
      {qrSvg === undefined ? (
        <p class="no-code">{words.withoutCode[status]}</p>
      ) : (
        <div class="qr" role="img" aria-label={words.qrLabel}>
          {raw(qrSvg)}
        </div>
      )}
      {handle !== undefined && (
        <p class="handle">
          <span>{words.handleLabel}</span>
          <code>
            {handle.split('-').map((group) => (
              <>
                <span>{group}</span>{' '}
              </>
            ))}
          </code>
        </p>
      )}
    </section>
  );
}
