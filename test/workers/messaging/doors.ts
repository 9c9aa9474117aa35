import { exports } from 'cloudflare:workers';
import type { LocalExports } from '#workers/local/sandboxes.ts';
import { mailboxOf } from '#workers/local/mailbox/mailbox.ts';
import { environment } from '#test/support/environment.ts';

const doors = exports as unknown as LocalExports['exports'];

/** The sandboxes, as the adapters reach them. */
export const reachMail: typeof fetch = (input, init) => doors.MailSandbox.fetch(new Request(input, init));
export const reachSms: typeof fetch = (input, init) => doors.SmsSandbox.fetch(new Request(input, init));
export const reachPush: typeof fetch = (input, init) => doors.PushSandbox.fetch(new Request(input, init));

/** Never answers; gives up when it is told to. */
export const reachNobody: typeof fetch = (_input, init) =>
  new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => reject(new Error('gave up waiting')));
  });

/** Everything that was delivered to an address, newest first. */
export async function receivedBy(address: string) {
  return (await mailboxOf(environment).list()).filter(({ to }) => to === address);
}
