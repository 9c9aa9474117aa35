import type { Board } from '#shared/live/board.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { Barcode } from './barcode.tsx';
import { Figure, type Written } from './figure.tsx';

const words = messages.studio.live;

/** The four numbers people ask for, the first of them readable from the door. */
export function Tally({ board, written }: { board: Board; written: Written }) {
  return (
    <section class="tally" aria-label={words.total}>
      <dl>
        <div class="tally-first">
          <dt>{words.admitted}</dt>
          <dd>
            <Figure written={written} name="all/admitted" />
            <small>
              <Figure written={written} name="inside" isQuiet />
            </small>
          </dd>
        </div>
        <div>
          <dt>{words.perMinute}</dt>
          <dd>
            <Figure written={written} name="per-minute" />
          </dd>
        </div>
        <div>
          <dt>{words.sold}</dt>
          <dd>
            <Figure written={written} name="all/sold" />
            <small>
              <Figure written={written} name="of-capacity" isQuiet />
            </small>
          </dd>
        </div>
        <div>
          <dt>{words.held}</dt>
          <dd>
            <Figure written={written} name="all/held" />
            <small>{words.heldHint}</small>
          </dd>
        </div>
        <div>
          <dt>{words.left}</dt>
          <dd>
            <Figure written={written} name="all/left" />
          </dd>
        </div>
      </dl>
      <Barcode name="all" counts={board.totals} />
      <ul class="bar-key" aria-label={words.key}>
        <li class="bar-admitted">{words.admitted}</li>
        <li class="bar-sold">{words.sold}</li>
        <li class="bar-held">{words.heldKey}</li>
        <li class="bar-left">{words.left}</li>
      </ul>
    </section>
  );
}
