import type { Role } from '#shared/access/permissions.ts';
import type { EpochMs } from '#shared/time.ts';
import { longDay } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { Mail } from './frame.tsx';
import { asHtml, Frame, look, MailButton } from './frame.tsx';

const words = messages.notices.invitation;

type StaffInvitationProps = {
  /** Undefined for the platform itself. */
  businessName: string | undefined;
  /** Undefined when they never told one. */
  inviterName: string | undefined;
  role: Role;
  expiresAtMs: EpochMs;
  /** Absolute; its token is spent by the button on the page it opens, not by opening it. */
  linkUrl: string;
};

export function staffInvitation(props: StaffInvitationProps): Mail {
  const { role, expiresAtMs, linkUrl } = props;
  const business = props.businessName ?? words.platform;
  const subject = words.subject(business);
  const lead = words.lead(props.inviterName ?? words.somebody, business, words.roles[role]);
  const until = words.until(longDay(expiresAtMs, 'UTC'));
  const html = (
    <Frame subject={subject} title={words.title}>
      <p style="margin:0 0 12px">{lead}</p>
      <p style="margin:0">{until}</p>
      <MailButton href={linkUrl}>{words.open}</MailButton>
      <p style={`margin:0;font-size:13px;color:${look.muted}`}>{words.ignore}</p>
    </Frame>
  );
  const text = [words.title, lead, until, `${words.open}: ${linkUrl}`, words.ignore, messages.mail.footer].join('\n\n');
  return { subject, html: asHtml(html), text };
}
