import { liveBoardOf } from '#objects/live-board/client.ts';
import type { LiveSnapshot } from '#shared/live/snapshot.ts';
import type { Env } from '#workers/env.ts';
import type { Services } from '#workers/services.ts';

/** An event's live numbers now; undefined before it is published. */
export async function readLive(services: Services, eventId: string): Promise<LiveSnapshot | undefined> {
  return services.inventory(eventId).live();
}

/** Hands a viewer's socket to the event's board. Whoever calls has checked who is asking. */
export function openLiveSocket(env: Env, eventId: string, request: Request): Promise<Response> {
  return liveBoardOf(env.LIVE_BOARD, eventId).fetch(request);
}
