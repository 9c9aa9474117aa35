/** What every page shares: shell, navigation, problems. */
export const site = {
  name: '247GBS Expo',
  tagline: 'Expos, night markets and workshops, with tickets that cannot be faked.',
  titled: (title: string) => `${title} · 247GBS Expo`,
  skip: 'Skip to content',
  mainNavigation: 'Main',
  home: '247GBS Expo, home',
  events: 'Events',
  myTickets: 'My tickets',
  account: 'Account',
  gates: 'Gates',
  signOut: 'Sign out',
  signedInAs: (name: string) => `Signed in as ${name}`,
  footer: {
    promise: 'One ticket, one person, one way in.',
    how: 'Each ticket is signed by its event and checked at the gate. Copies do not open it.',
    rights: (year: number) => `© ${year} 247GBS Expo`,
  },
  problem: {
    status: (status: number) => `Error ${status}`,
    admitNone: 'Admit none',
    back: 'Back to the events',
  },
};
