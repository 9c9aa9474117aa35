import { messages } from '#workers/ui/messages/en.ts';
import type { Mail } from './frame.tsx';
import { asHtml, Frame, look, MailButton } from './frame.tsx';

const words = messages.mail.signIn;

type SignInLinkProps = {
  /** Absolute; its token is spent by the button on the page it opens, not by opening it. */
  linkUrl: string;
  minutes: number;
};

export function signInLink({ linkUrl, minutes }: SignInLinkProps): Mail {
  const html = (
    <Frame subject={words.subject} title={words.title}>
      <p style="margin:0">{words.lead(minutes)}</p>
      <MailButton href={linkUrl}>{words.open}</MailButton>
      <p style={`margin:0;font-size:13px;color:${look.muted}`}>{words.ignore}</p>
    </Frame>
  );
  const text = [words.title, words.lead(minutes), linkUrl, words.ignore, messages.mail.footer].join('\n\n');
  return { subject: words.subject, html: asHtml(html), text };
}
