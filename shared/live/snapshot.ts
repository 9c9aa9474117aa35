import type { EpochMs } from '../time.ts';

/** An event as its organiser watches it. Numbers only: nobody can be told from it. */
export type LiveSnapshot = {
  readonly atMs: EpochMs;
  /** The log's head when it was taken: a higher one is newer. */
  readonly seq: number;
  readonly types: readonly {
    readonly typeId: string;
    readonly name: string;
    readonly capacity: number;
    readonly held: number;
    readonly sold: number;
    readonly admitted: number;
  }[];
  /** In minus out, as far as exits are scanned. */
  readonly zones: readonly {
    readonly zoneId: string;
    readonly name: string;
    readonly inside: number;
    readonly limit?: number;
  }[];
  readonly gates: readonly {
    readonly gateId: string;
    readonly name: string;
    readonly admitted: number;
    readonly refused: number;
    /** People counted out; absent from a snapshot taken before exits were told by gate. */
    readonly exited?: number;
  }[];
  /** People admitted in each of the last minutes that had any, oldest first; a minute is whole minutes since the epoch. */
  readonly arrivals: readonly { readonly minute: number; readonly admitted: number }[];
  /** People who look at the event's page now: boards add it, inventories do not know. */
  readonly looking?: number;
  /** Tickets sold under each entry link. */
  readonly links: readonly { readonly code: string; readonly sold: number }[];
};

/** Minutes of arrivals a snapshot carries. */
export const arrivalMinutes = 60;

/** A viewer says after so many snapshots that it has read them; a board that hears nothing for long lets it go. */
export const acknowledgeEvery = 16;
export const acknowledgement = 'seen';
