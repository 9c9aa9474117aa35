import { boardsPerEvent, liveBoardOf } from '#objects/live-board/client.ts';
import type { LiveSnapshot } from '#shared/live/snapshot.ts';
import type { Env } from '#workers/env.ts';
import type { Services } from '#workers/services.ts';
import { countLooking } from './look-at-event.ts';

/** An event's live numbers now; undefined before it is published. */
export async function readLive(services: Services, eventId: string): Promise<LiveSnapshot | undefined> {
  const [snapshot, looking] = await Promise.all([services.inventory(eventId).live(), countLooking(services, eventId)]);
  return snapshot === undefined || looking === undefined ? snapshot : { ...snapshot, looking };
}

/** Hands a viewer's socket to the first of the event's boards that has room. Whoever calls has checked who is asking. */
export async function openLiveSocket(env: Env, eventId: string, request: Request): Promise<Response> {
  let answer = new Response('Too many viewers', { status: 503 });
  for (let board = 0; board < boardsPerEvent && answer.status === 503; board += 1) {
    answer = await liveBoardOf(env.LIVE_BOARD, eventId, board).fetch(request);
  }
  return answer;
}
