import { setTimeout as sleep } from 'node:timers/promises';
import { elementsOf, textOf } from './page-text.ts';

export type ReadMail = { readonly path: string; readonly subject: string; readonly text: string };

const longestWaitMs = 15_000;
const lookAgainMs = 150;

/**
 * The newest mail to `to` whose subject matches, from the mailbox that keeps what this machine would have sent. Mails
 * leave through a queue, so it is looked for until it is there.
 */
export async function waitForMail(
  read: (path: string) => Promise<string>,
  to: string,
  subject: RegExp,
): Promise<ReadMail> {
  for (const deadline = Date.now() + longestWaitMs; Date.now() < deadline; await sleep(lookAgainMs)) {
    const found = mailsIn(await read('/local/mailbox')).find((mail) => mail.to === to && subject.test(mail.subject));
    if (found === undefined) continue;
    const [text = ''] = elementsOf(await read(found.path), 'pre').map(({ inner }) => textOf(inner));
    return { path: found.path, subject: found.subject, text };
  }
  throw new Error(`No mail to ${to} about ${subject} within ${longestWaitMs / 1_000} s`);
}

/** The one link of a mail that leads to `path`. */
export function linkIn(text: string, path: string): string {
  const link = text.match(/https?:\/\/\S+/g)?.find((found) => new URL(found).pathname === path);
  if (link === undefined) throw new Error(`The mail has no link to ${path}`);
  return link;
}

function mailsIn(page: string): { path: string; subject: string; to: string }[] {
  return elementsOf(page, 'li').flatMap(({ inner }) => {
    const [link] = elementsOf(inner, 'a');
    const [to] = elementsOf(inner, 'span');
    if (link?.attributes['href'] === undefined || to === undefined) return [];
    return [{ path: link.attributes['href'], subject: textOf(link.inner), to: textOf(to.inner) }];
  });
}
