import type { Counts } from '#shared/live/board.ts';
import { barWidths } from '#shared/live/board.ts';

/**
 * A capacity as a barcode that fills up. Parts differ in height as well as in colour: admitted stands tallest, then sold,
 * then held; what is left is a line. The numbers beside it say the same, so it is drawn for eyes only.
 */
export function Barcode({ name, counts }: { name: string; counts: Counts }) {
  const widths = barWidths(counts);
  return (
    <svg class="barcode" viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true" data-bar={name}>
      <rect class="bar-left" y="92" width="1000" height="8" />
      <rect class="bar-held" y="66" width={widths.claimed} height="34" data-part="claimed" />
      <rect class="bar-sold" y="36" width={widths.sold} height="64" data-part="sold" />
      <rect class="bar-admitted" width={widths.admitted} height="100" data-part="admitted" />
    </svg>
  );
}
