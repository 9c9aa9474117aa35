import type { Outside } from '#workers/services.ts';

/** Entry points of the local Worker, as `ctx.exports` offers them. */
export type LocalExports = {
  readonly exports: Readonly<
    Record<'default' | 'MailSandbox' | 'SmsSandbox' | 'PushSandbox' | 'StripeSandbox', Fetcher>
  >;
};

/** The outside, replaced: the same HTTP that would leave the machine is answered on it. */
export function sandboxes(context: object): Outside {
  const { MailSandbox, SmsSandbox, PushSandbox, StripeSandbox } = (context as LocalExports).exports;
  return {
    mailFetch: (input, init) => MailSandbox.fetch(new Request(input, init)),
    smsFetch: (input, init) => SmsSandbox.fetch(new Request(input, init)),
    pushFetch: (input, init) => PushSandbox.fetch(new Request(input, init)),
    gatewayFetch: (input, init) => StripeSandbox.fetch(new Request(input, init)),
  };
}
