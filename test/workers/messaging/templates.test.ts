import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roles } from '#shared/access/permissions.ts';
import { accountNotice, shortNotice, type Noticed } from '#workers/messaging/templates/account-notice.tsx';
import { staffInvitation } from '#workers/messaging/templates/staff-invitation.tsx';
import { messages } from '#workers/ui/messages/en.ts';

const all = Object.keys(messages.notices.account) as Noticed[];
const atMs = Date.UTC(2026, 10, 28, 19, 5);
const hostile = '<img src=x onerror=alert(1)>"\'&</td>\r\nBcc: victim@readers.example';

/** What a reader's mail program would take for markup of ours. */
const hasMarkupOf = (html: string, text: string) => html.includes(text);

describe('a notice about an account', () => {
  it.each(all)('%s is written out, with when it was', (what) => {
    const mail = accountNotice({ what, atMs, name: 'Ama', securityUrl: 'https://expo.example/account' });
    const { subject, lead } = messages.notices.account[what];
    expect(mail.subject).toBe(subject);
    for (const body of [mail.html, mail.text]) {
      expect(body).toContain(lead);
      expect(body).toContain('Sat 28 Nov, 19:05 UTC');
      expect(body).toContain('https://expo.example/account');
      expect(body).toContain('Ama');
    }
  });

  it.each(all)('%s fits two parts of a text in the plain alphabet, and names nobody', (what) => {
    const { body } = shortNotice(what);
    expect(body).toMatch(/^[\w \n@#,.:;!?'"()/+-]*$/);
    expect(body.length).toBeLessThanOrEqual(306);
  });

  it('takes a name for text, never for markup or a header', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.constant(hostile),
          fc.string().map((text) => `Zq${text}qZ`),
        ),
        (name) => {
          const mail = accountNotice({ what: 'new_device', atMs, name, securityUrl: undefined });
          expect(mail.subject).toBe(messages.notices.account.new_device.subject);
          if (/[<>]/.test(name)) expect(hasMarkupOf(mail.html, name)).toBe(false);
          expect(mail.text).toContain(name);
        },
      ),
    );
  });

  it('says nothing of a link when there is no account left to open', () => {
    const mail = accountNotice({ what: 'account_erased', atMs, name: '', securityUrl: undefined });
    expect(`${mail.html}${mail.text}`).not.toMatch(/https?:\/\//);
    expect(mail.html).not.toContain(messages.notices.hello(''));
  });
});

describe('an invitation to a team', () => {
  const invitation = (draft: Partial<Parameters<typeof staffInvitation>[0]> = {}) =>
    staffInvitation({
      businessName: 'Riftworks',
      inviterName: 'Delphine',
      role: 'manager',
      expiresAtMs: atMs,
      linkUrl: 'https://expo.example/l/staff?t=abc',
      ...draft,
    });

  it.each(roles)('offers the role of %s in words', (role) => {
    const { text, html } = invitation({ role });
    expect(text).toContain(`in the role of ${messages.notices.invitation.roles[role]}.`);
    expect(html).toContain('https://expo.example/l/staff?t=abc');
    expect(text).toContain('28 November 2026');
  });

  it('takes the names of people and businesses for text', () => {
    const { html } = invitation({ businessName: hostile, inviterName: hostile });
    expect(hasMarkupOf(html, '<img')).toBe(false);
    expect(hasMarkupOf(html, '</td>\r\nBcc')).toBe(false);
    expect(html).toContain('&lt;img');
  });

  it('comes from the platform, or from somebody, when no name is known', () => {
    const { text, subject } = invitation({ businessName: undefined, inviterName: undefined });
    expect(subject).toBe('247GBS Expo invites you to its team');
    expect(text).toContain('Somebody invites you');
  });
});
