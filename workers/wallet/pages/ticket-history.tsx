import type { PassedView } from '#workers/ui/views.ts';
import { dayAndTime, isoInstant } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.ticket.wallet;

/** When and where somebody went in and out with it, newest first. What was taken back stays to be seen, struck out. */
export function TicketHistory({ history, timeZone }: { history: PassedView[] | undefined; timeZone: string }) {
  return (
    <>
      <h2>{words.history}</h2>
      {history === undefined && <p>{words.historyAway}</p>}
      {history?.length === 0 && <p>{words.historyEmpty}</p>}
      {history !== undefined && history.length > 0 && (
        <ol class="ticket-history">
          {history.map((passed) => (
            <li>
              <Passed passed={passed} />
              <time datetime={isoInstant(passed.atMs)}>{dayAndTime(passed.atMs, timeZone)}</time>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

function Passed({ passed: { gateName = words.somewhere, direction, isTakenBack } }: { passed: PassedView }) {
  const way = direction === 'in' ? words.in : words.out;
  if (!isTakenBack) {
    return (
      <span>
        <b>{way}</b> {gateName}
      </span>
    );
  }
  return (
    <span>
      <s>
        <b>{way}</b> {gateName}
      </s>{' '}
      {words.takenBack}
    </span>
  );
}
