/** What we send by email. */
export const mail = {
  greeting: 'Hello,',
  order: {
    subject: (event: string) => `Your tickets: ${event}`,
    title: 'You’re going.',
    lead: (count: number, event: string) =>
      count === 1 ? `Your ticket for ${event} is ready.` : `Your ${count} tickets for ${event} are ready.`,
    open: 'Open your tickets',
    when: 'When',
    where: 'Where',
    reference: 'Order',
    total: 'Total',
    free: 'Free',
    keep: 'Keep this link to yourself: whoever opens it can show your tickets.',
  },
  signIn: {
    subject: 'Your sign-in link',
    title: 'Sign in to 247GBS Expo',
    lead: (minutes: number) => `This link works once, for the next ${minutes} minutes.`,
    open: 'Sign in',
    ignore: 'You did not ask for this? Ignore it; nobody gets in without the link.',
  },
  footer: 'Sent by 247GBS Expo because of something you did there. This is not advertising.',
};
