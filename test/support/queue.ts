import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test';
import { vi } from 'vitest';
import type { OutgoingMessage } from '#workers/messaging/outgoing.ts';
import { keepDeadMessages, sendMessages } from '#workers/background/queues.ts';
import type { Services } from '#workers/services.ts';

type Delivered = { id?: string; attempts?: number; queuedAtMs?: number };

/** Delivers one message as the queue does: whether it was acknowledged, and for how many seconds it is to wait if it comes again. */
export async function deliverMessage(services: Services, body: OutgoingMessage, delivered: Delivered = {}) {
  return handle('expo-messages', (batch) => sendMessages(services, batch), body, delivered);
}

/** As the dead-letter queue does. */
export async function deliverDead(services: Services, body: OutgoingMessage, delivered: Delivered = {}) {
  return handle('expo-messages-dead', (batch) => keepDeadMessages(services, batch), body, delivered);
}

async function handle(
  queue: string,
  consume: (batch: MessageBatch<OutgoingMessage>) => Promise<void>,
  body: OutgoingMessage,
  { id = crypto.randomUUID(), attempts = 1, queuedAtMs = Date.now() }: Delivered,
) {
  const batch = createMessageBatch<OutgoingMessage>(queue, [{ id, timestamp: new Date(queuedAtMs), attempts, body }]);
  // The result says that a message comes again, not when.
  const [message] = batch.messages;
  const retry = vi.spyOn(message!, 'retry');
  await consume(batch);
  const { explicitAcks, retryMessages } = await getQueueResult(batch, createExecutionContext());
  const isAgain = retryMessages.length === 1;
  return {
    isDone: explicitAcks.length === 1,
    waits: isAgain ? retry.mock.calls.map(([options]) => options?.delaySeconds) : [],
  };
}
