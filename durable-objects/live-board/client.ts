import type { LiveBoardObject } from './object.ts';

/** The binding under which a Worker reaches live boards. */
export type LiveBoardNamespace = DurableObjectNamespace<LiveBoardObject>;

export function liveBoardOf(namespace: LiveBoardNamespace, eventId: string) {
  return namespace.get(namespace.idFromName(eventId));
}
