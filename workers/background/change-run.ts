import { secondMs } from '#shared/time.ts';
import { carryOutChange } from '#workers/operations/event-change-run.ts';
import type { Services } from '#workers/services.ts';

/** Names an event's change that has orders to look after. Which, its rows say. */
export type ChangeMessage = { readonly changeId: string };

/** A stretch of a run each time it is called, and another call while there is something left. */
export async function runChanges(services: Services, batch: MessageBatch<ChangeMessage>): Promise<void> {
  for (const message of batch.messages) {
    const { changeId } = message.body;
    try {
      const nextMs = await carryOutChange(services, changeId);
      // Queued before this one is acknowledged: a crash in between runs a stretch twice, which changes nothing.
      if (nextMs !== undefined) await services.queueChange(changeId, waitSeconds(nextMs - services.clock()));
      message.ack();
    } catch (error) {
      console.error('an event’s change could not go on', changeId, error);
      message.retry();
    }
  }
}

/** Queues hold nothing back longer than this. */
const longestWaitSeconds = 12 * 60 * 60;

function waitSeconds(waitMs: number): number {
  return Math.min(Math.max(0, Math.ceil(waitMs / secondMs)), longestWaitSeconds);
}
