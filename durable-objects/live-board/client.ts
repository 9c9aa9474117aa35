import type { LiveBoardObject } from './object.ts';

/** The binding under which a Worker reaches live boards. */
export type LiveBoardNamespace = DurableObjectNamespace<LiveBoardObject>;

/** Boards an event has at most: each has a thread of its own, and room for as many viewers as that can tell in time. */
export const boardsPerEvent = 4;

/** One board of an event. The first is filled before the next is asked. */
export function liveBoardOf(namespace: LiveBoardNamespace, eventId: string, board = 0) {
  return namespace.get(namespace.idFromName(boardName(eventId, board)));
}

export function boardName(eventId: string, board: number): string {
  return board === 0 ? eventId : `${eventId}/${board}`;
}

/** The event a board's name belongs to. */
export function eventOfBoard(name: string): string {
  return name.split('/')[0] ?? '';
}

export { lookAgainCode, tooFarBehindCode } from '#shared/live/close-codes.ts';
