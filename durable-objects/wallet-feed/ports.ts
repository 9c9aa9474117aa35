import type { EpochMs } from '#shared/time.ts';

/** What a wallet feed needs from outside. */
export type WalletFeedPorts = {
  readonly clock: () => EpochMs;
  /** From nought to one. */
  readonly random: () => number;
};
