import { answerDoorbell, sendMessages } from './background/queues.ts';
import { createApp } from './app.ts';
import type { Env } from './env.ts';
import type { AppContext } from './http/app-context.ts';
import { servicesOf, type Outside } from './services.ts';

type QueueBatch = Parameters<typeof answerDoorbell>[1] | Parameters<typeof sendMessages>[1];

/** The Worker's handlers. The deployed entry and the local one differ only in how they reach the outside. */
export function createWorker(outside?: (context: ExecutionContext | AppContext['executionCtx']) => Outside) {
  const app = createApp(outside === undefined ? undefined : (c) => outside(c.executionCtx));
  return {
    app,
    fetch: app.fetch,
    async queue(batch: MessageBatch, env: Env, context: ExecutionContext): Promise<void> {
      const services = servicesOf(env, outside?.(context));
      const typed = batch as QueueBatch;
      if (typed.queue === 'expo-doorbell') await answerDoorbell(services, typed as Parameters<typeof answerDoorbell>[1]);
      else await sendMessages(services, typed as Parameters<typeof sendMessages>[1]);
    },
  };
}
