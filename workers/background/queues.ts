import { challengeMs } from '#shared/access/brakes.ts';
import type { OutgoingMessage } from '#workers/messaging/outgoing.ts';
import type { SendResult } from '#workers/messaging/message-port.ts';
import { keepDeadLetter } from '#workers/operations/dead-letters.ts';
import type { Services } from '#workers/services.ts';
import { attemptsMax, waitSeconds } from './attempts.ts';
import type { DoorbellMessage } from './doorbell.ts';
import { project } from '#workers/operations/project-log.ts';
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
  await Promise.all(batch.messages.map((message) => deliver(services, message)));
}

/** One message, to one of three ends: sent, to be tried again, or kept among the dead letters. */
async function deliver(services: Services, message: Message<OutgoingMessage>): Promise<void> {
  const result = await attempt(services, message);
  if (result.sent) {
    message.ack();
    return;
  }
  const { retry, why, retryAfterSeconds } = result;
  console.error('message not sent', message.body.kind, why);
  if (retry && message.attempts < attemptsMax) {
    message.retry({ delaySeconds: waitSeconds(message.attempts, retryAfterSeconds) });
    return;
  }
  try {
    await keepDeadLetter(services, { id: message.id, message: message.body, why });
    message.ack();
  } catch (error) {
    // After the last try the queue itself moves it to the dead-letter queue, whose consumer has days.
    console.error('dead letter not kept', message.body.kind, withoutValues(error));
    message.retry({ delaySeconds: waitSeconds(message.attempts) });
  }
}

async function attempt(services: Services, { body, timestamp }: Message<OutgoingMessage>): Promise<SendResult> {
  // After that long a code is refused where it is typed in.
  if (body.kind === 'one_time_code' && services.clock() - timestamp.getTime() > challengeMs) {
    return { sent: false, retry: false, why: 'The code ran out before it could be sent' };
  }
  try {
    return await sendMessage(services, body);
  } catch (error) {
    console.error('message failed', body.kind, withoutValues(error));
    return { sent: false, retry: true, why: 'It could not be written' };
  }
}

/** A failed query quotes the values it was given, such as a push endpoint; what it failed of does not. */
function withoutValues(error: unknown): unknown {
  return error instanceof Error ? (error.cause ?? error) : error;
}

/** Messages that died before anybody could write down why: the consumer crashed, or the database was away. */
export async function keepDeadMessages(services: Services, batch: MessageBatch<OutgoingMessage>): Promise<void> {
  for (const message of batch.messages) {
    try {
      await keepDeadLetter(services, { id: message.id, message: message.body, why: 'Given up after every try' });
      message.ack();
    } catch (error) {
      console.error('dead letter not kept', message.body.kind, withoutValues(error));
      message.retry();
    }
  }
}
