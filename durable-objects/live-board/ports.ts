import type { LiveSnapshot } from '#shared/live/snapshot.ts';
import type { EpochMs } from '#shared/time.ts';

/** What a board needs from outside. */
export type LiveBoardPorts = {
  /** The numbers of its event, asked for; undefined before the event is published. */
  readonly pull: (eventId: string) => Promise<LiveSnapshot | undefined>;
  /** How many people look at the event's page. */
  readonly looking: (eventId: string) => Promise<number>;
  readonly clock: () => EpochMs;
};
