import { messages } from '#workers/ui/messages/en.ts';

const words = messages.sms;

type OneTimeCodeSmsProps = {
  code: string;
  purpose: keyof typeof words.code;
  minutes: number;
  /** Where the code is typed in. */
  publicOrigin: string;
};

/**
 * The code first, because a notification shows the first line only. The last line names the site the code is for
 * (wicg.github.io/sms-one-time-codes): phones then offer it on that site, and on no other that asks for it.
 */
export function oneTimeCodeSms({ code, purpose, minutes, publicOrigin }: OneTimeCodeSmsProps): string {
  const { hostname } = new URL(publicOrigin);
  return [words.code[purpose](code), words.rules(minutes), '', `@${hostname} #${code}`].join('\n');
}
