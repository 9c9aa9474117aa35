import type { EpochMs } from '../time.ts';

/** Money that moved at a gateway, as one side tells it. `ref`: its order, or the gateway's own name where none is known. */
export type GatewayMovement = {
  readonly ref: string;
  readonly kind: 'captured' | 'returned' | 'disputed' | 'dispute_returned' | 'dispute_fee' | 'fee_returned';
  readonly currency: string;
  /** Positive, whichever way it went; negative when it was undone (a refund that could not be delivered). */
  readonly amountMinor: number;
  readonly atMs: EpochMs;
};

export type GatewayFinding = {
  readonly ref: string;
  readonly kind: GatewayMovement['kind'];
  readonly currency: string;
  readonly oursMinor: number;
  readonly theirsMinor: number;
};

/**
 * Orders about which the two sides tell different sums. Both lists should reach a while beyond the window: what one side
 * heard at its edge, the other may have written a moment before, so an order counts once either tells of it inside.
 */
export function reconcile(
  ours: readonly GatewayMovement[],
  theirs: readonly GatewayMovement[],
  { fromMs, untilMs }: { readonly fromMs: EpochMs; readonly untilMs: EpochMs },
): GatewayFinding[] {
  const told = new Map<string, GatewayFinding & { isInside: boolean }>();
  const tell = (side: 'oursMinor' | 'theirsMinor', movements: readonly GatewayMovement[]) => {
    for (const { ref, kind, currency, amountMinor, atMs } of movements) {
      const key = `${ref} ${kind} ${currency}`;
      const known = told.get(key) ?? { ref, kind, currency, oursMinor: 0, theirsMinor: 0, isInside: false };
      const isInside = known.isInside || (atMs >= fromMs && atMs < untilMs);
      told.set(key, { ...known, [side]: known[side] + amountMinor, isInside });
    }
  };
  tell('oursMinor', ours);
  tell('theirsMinor', theirs);
  return [...told.values()]
    .filter(({ isInside, oursMinor, theirsMinor }) => isInside && oursMinor !== theirsMinor)
    .map(({ isInside: _inside, ...finding }) => finding);
}
