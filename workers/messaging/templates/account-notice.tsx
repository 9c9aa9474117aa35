import type { EpochMs } from '#shared/time.ts';
import { dayAndTime } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { Mail } from './frame.tsx';
import { asHtml, Frame, MailButton } from './frame.tsx';

const words = messages.notices;

export type Noticed = keyof typeof words.account;

type AccountNoticeProps = {
  what: Noticed;
  atMs: EpochMs;
  /** Empty when they never told one. */
  name: string;
  /** Absolute; where devices and passkeys are listed. Undefined when there is no account left. */
  securityUrl: string | undefined;
};

/** People have no time zone of their own here, so the clock says which one it is. */
const utc = (atMs: EpochMs) => `${dayAndTime(atMs, 'UTC')} UTC`;

/** The link carries no token: a notice that somebody else reads must open nothing. */
export function accountNotice({ what, atMs, name, securityUrl }: AccountNoticeProps): Mail {
  const { subject, title, lead, advice } = words.account[what];
  const hello = name === '' ? [] : [words.hello(name)];
  const when = `${words.when}: ${utc(atMs)}`;
  const html = (
    <Frame subject={subject} title={title}>
      {[...hello, lead, when, advice].map((line) => (
        <p style="margin:0 0 12px">{line}</p>
      ))}
      {securityUrl !== undefined && <MailButton href={securityUrl}>{words.open}</MailButton>}
    </Frame>
  );
  const link = securityUrl === undefined ? [] : [`${words.open}: ${securityUrl}`];
  const text = [title, ...hello, lead, when, advice, ...link, messages.mail.footer].join('\n\n');
  return { subject, html: asHtml(html), text };
}

/** The same where there is room for two sentences: on a lock screen or as a text. It names nobody. */
export function shortNotice(what: Noticed): { title: string; body: string } {
  const { subject, short } = words.account[what];
  return { title: subject, body: short };
}
