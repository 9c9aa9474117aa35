import type { Role } from '#shared/access/permissions.ts';

/** Roles as people say them, and what each may do, for whoever hands one out. */
const roles: Readonly<Record<Role, { readonly name: string; readonly may: string }>> = {
  owner: { name: 'Owner', may: 'Everything, the team and the money included' },
  manager: { name: 'Manager', may: 'Events, gates, orders and the team; no refunds' },
  finance: { name: 'Finance', may: 'Orders, refunds and statements' },
  support_agent: { name: 'Support', may: 'Looks up orders and tickets' },
  supervisor: { name: 'Gate supervisor', may: 'Runs the gates: overrides, scanners, live board' },
  gate_steward: { name: 'Gate steward', may: 'Scans tickets' },
  pos_clerk: { name: 'Till clerk', may: 'Sells and scans at the till' },
  platform_admin: { name: 'Platform admin', may: 'Runs the platform' },
};

/** A business's people, and the offers they come by. */
export const team = {
  link: 'Team',
  title: (business: string) => `Team: ${business}`,
  kicker: 'Team',
  chooseTitle: 'Team',
  chooseLead: 'Each business has its own people. Choose one.',
  platform: 'The platform',
  lead: 'Who works here, and what each may do. A change counts from their next click.',
  members: 'Members',
  count: (count: number) => (count === 1 ? '1 role given' : `${count} roles given`),
  self: 'You',
  roles,
  roleOf: (name: string) => `Role of ${name}`,
  change: 'Change',
  changeOf: (name: string) => `Change the role of ${name}`,
  remove: 'Remove',
  removeOf: (name: string, role: string) => `Remove ${name}, ${role}`,
  removeAsk: (name: string) => `${name} is signed out of the studio and every gate at once.`,
  removeYes: (name: string) => `Remove ${name}`,
  invite: 'Invite somebody',
  inviteLead: 'They get a mail with a link that works once, for 7 days, and only for that address.',
  email: 'Email',
  role: 'Role',
  inviteSubmit: 'Send invitation',
  inviteError: 'Enter an email address, such as amara@example.com, and choose a role from the list.',
  invitationsFull: (most: number) =>
    `There are ${most} open invitations, which is as many as there may be. Take some back.`,
  notDone: 'Nothing was changed',
  open: 'Open invitations',
  openHint: 'Inviting an address again replaces its link.',
  openNone: 'None.',
  invitedBy: (name: string, until: string) => `Invited by ${name}. Open until ${until}.`,
  takeBack: 'Take back',
  takeBackOf: (email: string) => `Take back the invitation to ${email}`,
  did: {
    changed: 'The role was changed.',
    removed: 'Removed. From now on nothing here opens for them.',
    invited: 'The invitation is on its way.',
    taken_back: 'Taken back. The link in that mail opens nothing now.',
  },
  accept: {
    title: (business: string) => `Join ${business}`,
    lead: (business: string, role: string) => `${business} offers you the role of ${role}.`,
    platform: '247GBS Expo',
    signIn: 'First sign in with the address this invitation was sent to. You come back here.',
    signInButton: 'Sign in',
    button: 'Accept',
    as: (name: string) => `You are signed in as ${name}.`,
    another: 'This invitation was sent to another address',
    anotherDetail:
      'Sign out, sign in with the address the mail came to, and open its link again. Forwarded invitations open nothing.',
    over: 'This invitation is over',
    overDetail: 'It was used, taken back, or is older than 7 days. Ask whoever invited you for a new one.',
  },
} as const;

/** The six digits a steward types on a scanner that several share. */
export const pin = {
  link: 'Your PIN',
  title: 'Your PIN',
  lead: 'On a scanner that several people share, these six digits say that it is you. Tell nobody.',
  business: 'For',
  field: 'Six digits',
  hint: 'No dates, no rows such as 123456, no repeats.',
  submit: 'Save PIN',
  set: (when: string) => `Set on ${when}. A new one replaces it.`,
  notSet: 'Not set yet.',
  saved: 'Saved. It works at the gates from now on.',
  enough: 'Enough for today: that many PINs were not free. Try again tomorrow.',
  shapeError: 'Type exactly six digits.',
  nowhere: 'You scan for nobody yet, so there is nothing a PIN would open.',
} as const;
