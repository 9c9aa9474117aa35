import type { Child } from 'hono/jsx';
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
        <Total term={words.admitted} written={written} name="all/admitted" isFirst>
          <Figure written={written} name="inside" isQuiet />
        </Total>
        <Total term={words.perMinute} written={written} name="per-minute" />
        <Total term={words.sold} written={written} name="all/sold">
          <Figure written={written} name="of-capacity" isQuiet />
        </Total>
        <Total term={words.held} written={written} name="all/held">
          {words.heldHint}
        </Total>
        <Total term={words.left} written={written} name="all/left" />
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

type TotalProps = { term: string; written: Written; name: string; isFirst?: boolean | undefined; children?: Child };

function Total({ term, written, name, isFirst, children }: TotalProps) {
  return (
    <div class={isFirst ? 'tally-first' : undefined}>
      <dt>{term}</dt>
      <dd>
        <Figure written={written} name={name} />
      </dd>
      {children && <dd class="small">{children}</dd>}
    </div>
  );
}
