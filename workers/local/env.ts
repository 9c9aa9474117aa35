import type { Env } from '#workers/env.ts';
import type { Bank } from './bank/bank.ts';
import type { Mailbox } from './mailbox/mailbox.ts';

/** The deployed Worker's bindings, and what exists on a developer's machine only. */
export type LocalEnv = Env & {
  readonly MAILBOX: DurableObjectNamespace<Mailbox>;
  readonly BANK: DurableObjectNamespace<Bank>;
};
