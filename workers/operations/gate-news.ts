import type { GateNews } from '#shared/gate/socket-messages.ts';
import type { Services } from '#workers/services.ts';

/** What the event's gates did after a number of its log, a stretch at a time. `isAll` when nothing came after `seq`. */
export async function readGateNews(services: Services, eventId: string, afterSeq: number) {
  const { seq, news, isAll } = await services.inventory(eventId).gateNews(afterSeq);
  // A call's types lose what a tuple is; what the object answered is this.
  return { seq, news: news as readonly GateNews[], isAll };
}
