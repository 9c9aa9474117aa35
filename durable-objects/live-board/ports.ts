import type { LiveSnapshot } from '#shared/live/snapshot.ts';

/** What a board needs from outside: the numbers of its event, asked for; undefined before the event is published. */
export type LiveBoardPorts = { readonly pull: (eventId: string) => Promise<LiveSnapshot | undefined> };
