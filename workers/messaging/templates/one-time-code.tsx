import { messages } from '#workers/ui/messages/en.ts';
import type { Mail } from './frame.tsx';
import { asHtml, Frame, look, MailButton } from './frame.tsx';

const words = messages.mail.code;

type OneTimeCodeProps = {
  purpose: keyof typeof words.title;
  code: string;
  /** Absolute; its token is spent by the button on the page it opens, not by opening it. */
  linkUrl: string | undefined;
  minutes: number;
};

/** The code stands in the subject: it is read from a notification, without opening the mail. */
export function oneTimeCode({ purpose, code, linkUrl, minutes }: OneTimeCodeProps): Mail {
  const subject = words.subject[purpose](code);
  const html = (
    <Frame subject={subject} title={words.title[purpose]}>
      <p style="margin:0">{words.lead(minutes)}</p>
      <p style="margin:20px 0;font-size:40px;line-height:1;font-weight:700;letter-spacing:8px">{code}</p>
      {linkUrl && (
        <>
          <p style="margin:0">{words.orLink}</p>
          <MailButton href={linkUrl}>{words.open}</MailButton>
        </>
      )}
      <p style={`margin:0;font-size:13px;color:${look.muted}`}>{words.ignore}</p>
    </Frame>
  );
  const link = linkUrl === undefined ? [] : [words.orLink, linkUrl];
  const text = [words.title[purpose], code, words.lead(minutes), ...link, words.ignore, messages.mail.footer];
  return { subject, html: asHtml(html), text: text.join('\n\n') };
}
