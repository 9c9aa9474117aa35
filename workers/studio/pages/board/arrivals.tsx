import { chartBox } from '#shared/live/arrivals-chart.ts';
import type { Board } from '#shared/live/board.ts';
import { arrivalRows } from '#workers/ui/messages/board-words.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { Figure, type Written } from './figure.tsx';

const words = messages.studio.live;

type ArrivalsProps = { board: Board; written: Written; timeZone: string };

/** The queue's pulse. A sentence says the chart, a table lists it. */
export function Arrivals({ board, written, timeZone }: ArrivalsProps) {
  return (
    <section class="arrivals" aria-labelledby="arrivals">
      <div class="arrivals-head">
        <h2 id="arrivals">{words.arrivals}</h2>
        <p>
          {words.arrivalsHint} <Figure written={written} name="arrivals/summary" isQuiet />
        </p>
      </div>
      <div class="chart" aria-hidden="true">
        <span class="chart-top">
          <Figure written={written} name="arrivals/top" isQuiet />
        </span>
        <svg viewBox={chartBox} preserveAspectRatio="none">
          <path class="bar-admitted" d={board.chart.past} data-chart="past" />
          <path class="bar-sold" d={board.chart.running} data-chart="running" />
        </svg>
        <p>
          {(['from', 'middle', 'now'] as const).map((end) => (
            <Figure written={written} name={`arrivals/${end}`} isQuiet />
          ))}
        </p>
      </div>
      <details>
        <summary>{words.arrivalsTable}</summary>
        <table class="minutes">
          <thead>
            <tr>
              <th scope="col">{words.minute}</th>
              <th scope="col">{words.peopleIn}</th>
            </tr>
          </thead>
          <tbody data-minutes>
            {arrivalRows(board, timeZone).map(({ time, people }) => (
              <tr>
                <th scope="row">{time}</th>
                <td>{people}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
