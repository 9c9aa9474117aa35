import type { Outside } from '#workers/services.ts';
import { createWorker } from '#workers/worker.ts';
import type { LocalEnv } from './env.ts';
import { localDoor } from './routes.tsx';

export { EventInventory, OrderDesk } from '#workers/index.ts';
export { Mailbox, MailSandbox } from './mail-sandbox.ts';

/** The same Worker, with its outside replaced by sandboxes that answer over HTTP like the real thing. */
export default createWorker(
  (context) => sandboxes(context as ExecutionContext & LocalExports),
  (app) => app.route('/', localDoor),
) satisfies ExportedHandler<LocalEnv>;

type LocalExports = { readonly exports: { readonly MailSandbox: Fetcher } };

function sandboxes({ exports }: LocalExports): Outside {
  return { mailFetch: (input, init) => exports.MailSandbox.fetch(new Request(input, init)) };
}
