import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DoorbellMessage } from '#workers/background/doorbell.ts';
import { answerDoorbell } from '#workers/background/queues.ts';
import { cursorOf, projectionServices, readModelsOf } from '#test/support/read-models.ts';
import { quietEvent } from '#test/support/quiet-event.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const { services } = projectionServices();

/** Delivers rings as the queue does; answers which were acknowledged and which are to come again. */
async function deliver(sources: readonly string[]) {
  const rings = sources.map((source, index) => {
    return { id: String(index), timestamp: new Date(), attempts: 1, body: { source } };
  });
  const batch = createMessageBatch<DoorbellMessage>('expo-doorbell', rings);
  await answerDoorbell(services, batch);
  const { explicitAcks, retryMessages } = await getQueueResult(batch, createExecutionContext());
  return { acked: explicitAcks.toSorted(), again: retryMessages.map(({ msgId }) => msgId) };
}

describe('the doorbell’s consumer', () => {
  it('answers all rings of one object with one reading', async () => {
    const event = quietEvent();
    await event.livesThroughADay();
    expect(await deliver([event.source, event.source, event.source])).toEqual({ acked: ['0', '1', '2'], again: [] });
    expect((await readModelsOf(event.eventId)).tickets).toHaveLength(3);
  });

  it('asks for a ring again when its object could not be read, and lets no other object wait for it', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const [well, broken] = [quietEvent(), quietEvent()];
    await well.livesThroughADay();
    await broken.livesThroughADay();
    vi.spyOn(services, 'inventory').mockImplementation((eventId) => {
      if (eventId === broken.eventId) throw new Error('this object does not answer');
      return well.stub;
    });
    expect(await deliver([broken.source, well.source])).toEqual({ acked: ['1'], again: ['0'] });
    expect(await cursorOf(broken.source)).toBeUndefined();
    expect((await readModelsOf(well.eventId)).tickets).toHaveLength(3);
  });
});
