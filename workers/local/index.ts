import { createWorker } from '#workers/worker.ts';
import type { LocalEnv } from './env.ts';
import { localDoor } from './routes.tsx';
import { sandboxes } from './sandboxes.ts';

export { LiveBoard, Presence, WalletFeed } from '#workers/index.ts';
export { Bank } from './bank/bank.ts';
export { StripeSandbox } from './bank/stripe-sandbox.ts';
export { MailSandbox } from './mailbox/mail-sandbox.ts';
export { Mailbox } from './mailbox/mailbox.ts';
export { PushSandbox } from './mailbox/push-sandbox.ts';
export { SmsSandbox } from './mailbox/sms-sandbox.ts';
export { EventInventory, OrderDesk } from './objects.ts';

/** The same Worker, with its outside replaced by sandboxes that answer over HTTP like the real thing. */
export default createWorker(sandboxes, (app) => app.route('/', localDoor)) satisfies ExportedHandler<LocalEnv>;
