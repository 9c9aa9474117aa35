import type { OutgoingMessage } from '#workers/messaging/outgoing.ts';
import type { Services } from '#workers/services.ts';
import type { DoorbellMessage } from './doorbell.ts';
import { project } from './project.ts';
import { sendMessage } from './send-message.tsx';

/** One ring serves for all rings of a source in the batch. */
export async function answerDoorbell(services: Services, batch: MessageBatch<DoorbellMessage>): Promise<void> {
  const sources = new Map<string, Message<DoorbellMessage>[]>();
  for (const message of batch.messages) {
    const { source } = message.body;
    sources.set(source, [...(sources.get(source) ?? []), message]);
  }
  await Promise.all(
    [...sources].map(async ([source, messages]) => {
      try {
        const isDone = await project(services, source);
        for (const message of messages) {
          if (isDone) message.ack();
          else message.retry();
        }
      } catch (error) {
        console.error('projection failed', source, error);
        for (const message of messages) message.retry({ delaySeconds: 1 });
      }
    }),
  );
}

export async function sendMessages(services: Services, batch: MessageBatch<OutgoingMessage>): Promise<void> {
  await Promise.all(
    batch.messages.map(async (message) => {
      try {
        const isDone = await sendMessage(services, message.body);
        if (isDone) message.ack();
        else message.retry({ delaySeconds: retryDelaySeconds(message.attempts) });
      } catch (error) {
        console.error('message failed', message.body.kind, error);
        message.retry({ delaySeconds: retryDelaySeconds(message.attempts) });
      }
    }),
  );
}

const longestDelaySeconds = 3_600;

function retryDelaySeconds(attempts: number): number {
  return Math.min(2 ** attempts, longestDelaySeconds);
}
