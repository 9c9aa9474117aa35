import type { Role } from '#shared/access/permissions.ts';

const ifNotYou = 'If that was not you, open the link, sign that device out and change how you sign in.';
const mailIfNotYou =
  'If that was you, there is nothing to do. If not, sign that device out and remove what you do not know.';

const roles: Readonly<Record<Role, string>> = {
  owner: 'owner',
  manager: 'manager',
  finance: 'finance',
  support_agent: 'support agent',
  supervisor: 'gate supervisor',
  gate_steward: 'gate steward',
  pos_clerk: 'till clerk',
  platform_admin: 'platform admin',
};

/** What the owner of an account hears of it, by mail, push or text, and how somebody is asked to join a business. */
export const notices = {
  account: {
    new_device: {
      subject: 'A new device signed in',
      title: 'New device.',
      lead: 'Somebody signed in to your 247GBS Expo account on a device we had not seen before.',
      advice: mailIfNotYou,
      short: `A new device signed in to your 247GBS Expo account. ${ifNotYou}`,
    },
    passkey_added: {
      subject: 'A passkey was added',
      title: 'Passkey added.',
      lead: 'A new passkey can now sign in to your 247GBS Expo account.',
      advice: mailIfNotYou,
      short: `A passkey was added to your 247GBS Expo account. ${ifNotYou}`,
    },
    passkey_removed: {
      subject: 'A passkey was removed',
      title: 'Passkey removed.',
      lead: 'One of the passkeys of your 247GBS Expo account was removed. It no longer signs in.',
      advice: mailIfNotYou,
      short: `A passkey was removed from your 247GBS Expo account. ${ifNotYou}`,
    },
    address_changed: {
      subject: 'Your sign-in address was changed',
      title: 'Address changed.',
      lead: 'The email address or phone number of your 247GBS Expo account was changed.',
      advice: mailIfNotYou,
      short: `The address of your 247GBS Expo account was changed. ${ifNotYou}`,
    },
    account_erased: {
      subject: 'Your account is deleted',
      title: 'Account deleted.',
      lead: 'Your 247GBS Expo account and the personal data in it were deleted, as you asked.',
      advice: 'This is the last message about it. Nobody can sign in to it any more, and it cannot be brought back.',
      short: 'Your 247GBS Expo account was deleted, as you asked.',
    },
  },
  hello: (name: string) => `Hello ${name},`,
  when: 'When',
  open: 'See your devices',
  invitation: {
    subject: (business: string) => `${business} invites you to its team`,
    title: 'Join the team.',
    lead: (inviter: string, business: string, role: string) =>
      `${inviter} invites you to work for ${business} on 247GBS Expo, in the role of ${role}.`,
    until: (day: string) => `The link works once, until ${day}, for whoever signs in with this address.`,
    open: 'Look at the invitation',
    ignore: 'You do not know who this is? Ignore this mail; without the link nothing happens.',
    somebody: 'Somebody',
    platform: '247GBS Expo',
    roles,
  },
};
