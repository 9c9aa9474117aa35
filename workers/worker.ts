import { answerDoorbell, keepDeadMessages, sendMessages } from './background/queues.ts';
import { runChanges } from './background/change-run.ts';
import { sweep } from './background/sweep.ts';
import { createApp } from './app.ts';
import type { Env } from './env.ts';
import type { App, AppContext } from './http/app-context.ts';
import { servicesOf, type Outside } from './services.ts';

type QueueBatch =
  | Parameters<typeof answerDoorbell>[1]
  | Parameters<typeof sendMessages>[1]
  | Parameters<typeof runChanges>[1];

/** The Worker's handlers. The deployed entry and the local one differ in how they reach the outside, and in the doors that exist on a developer's machine only. */
export function createWorker(
  outside?: (context: ExecutionContext | AppContext['executionCtx']) => Outside,
  extend?: (app: App) => unknown,
) {
  const app = createApp(outside === undefined ? undefined : (c) => outside(c.executionCtx));
  extend?.(app);
  return {
    fetch: (request: Request, env: Env, context: ExecutionContext) => app.fetch(request, env, context),
    async queue(batch: MessageBatch, env: Env, context: ExecutionContext): Promise<void> {
      const services = servicesOf(env, outside?.(context));
      const typed = batch as QueueBatch;
      if (typed.queue === 'expo-doorbell') {
        await answerDoorbell(services, typed as Parameters<typeof answerDoorbell>[1]);
      } else if (typed.queue === 'expo-messages-dead') {
        await keepDeadMessages(services, typed as Parameters<typeof keepDeadMessages>[1]);
      } else if (typed.queue === 'expo-changes') {
        await runChanges(services, typed as Parameters<typeof runChanges>[1]);
      } else await sendMessages(services, typed as Parameters<typeof sendMessages>[1]);
    },
    async scheduled(_controller: ScheduledController, env: Env, context: ExecutionContext): Promise<void> {
      await sweep(servicesOf(env, outside?.(context)));
    },
  };
}
