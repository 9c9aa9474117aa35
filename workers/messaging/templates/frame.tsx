import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { HtmlEscapedString } from 'hono/utils/html';
import { messages } from '#workers/ui/messages/en.ts';

/** A message ready to send: the same words as HTML and as plain text. */
export type Mail = { subject: string; html: string; text: string };

/**
 * Styles sit on the elements because mail clients drop style sheets, and tables hold the shape because one of them lays
 * out with a word processor. Colours are mid-way enough to survive a client that inverts them for the dark.
 */
export const look = {
  font: "font-family:'Helvetica Neue',Helvetica,Arial,sans-serif;",
  ink: '#1b1425',
  muted: '#5a5169',
  ground: '#f2f0f6',
  paper: '#ffc53a',
  action: '#cf2e08',
} as const;

/** Nothing in a mail waits for anything, so what JSX made of it is never a promise. */
export function asHtml(element: HtmlEscapedString | Promise<HtmlEscapedString>): string {
  return (element as HtmlEscapedString).toString();
}

type FrameProps = { subject: string; title: string; children?: Child };

export function Frame({ subject, title, children }: FrameProps) {
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="en-GB">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width" />
          <meta name="color-scheme" content="light dark" />
          <meta name="supported-color-schemes" content="light dark" />
          <title>{subject}</title>
        </head>
        <body style={`margin:0;background:${look.ground};${look.font}color:${look.ink}`}>
          <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style={`background:${look.ground}`}>
            <tr>
              <td align="center" style="padding:24px 12px">
                <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px">
                  <tr>
                    <td style={`padding:0 0 16px;font-weight:700;font-size:15px;color:${look.ink}`}>
                      {messages.site.name}
                    </td>
                  </tr>
                  <tr>
                    <td style={`background:${look.paper};color:${look.ink};padding:28px 24px`}>
                      <h1 style="margin:0;font-size:34px;line-height:1.05;letter-spacing:-0.5px">{title}</h1>
                    </td>
                  </tr>
                  <tr>
                    <td
                      style={`background:#ffffff;color:${look.ink};padding:24px;border-top:3px dashed ${look.ink};font-size:16px;line-height:1.5`}
                    >
                      {children}
                    </td>
                  </tr>
                  <tr>
                    <td style={`padding:16px 0;font-size:13px;line-height:1.5;color:${look.muted}`}>
                      {messages.mail.footer}
                    </td>
                  </tr>
                </table>
              </td>
            </tr>
          </table>
        </body>
      </html>
    </>
  );
}

export function MailButton({ href, children }: { href: string; children?: Child }) {
  return (
    <p style="margin:24px 0">
      <a
        href={href}
        style={`display:inline-block;background:${look.action};color:#ffffff;text-decoration:none;font-weight:700;font-size:17px;padding:15px 26px`}
      >
        {children}
      </a>
    </p>
  );
}
