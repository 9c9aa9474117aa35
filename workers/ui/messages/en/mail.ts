/** What we send by email. */
export const mail = {
  order: {
    subject: (event: string) => `Your tickets: ${event}`,
    title: 'You’re going.',
    lead: (count: number, event: string) =>
      count === 1 ? `Your ticket for ${event} is ready.` : `Your ${count} tickets for ${event} are ready.`,
    open: 'Open your tickets',
    when: 'When',
    where: 'Where',
    reference: 'Order',
    line: (quantity: number, name: string) => `${quantity} × ${name}`,
    total: 'Total',
    keep: 'Keep this link to yourself: whoever opens it can show your tickets.',
  },
  refunded: {
    subject: (event: string) => `Your money comes back: ${event}`,
    title: 'No ticket, money back.',
    lead: (price: string, event: string) =>
      `Your payment for ${event} arrived, but we could not give you the tickets. You get ${price} back in full.`,
    why: (title: string, detail: string) => `Why: ${title}. ${detail}`,
    when: 'It goes to the card you paid with. Banks take up to ten working days to show it; an amount that was only reserved is free again sooner.',
    open: 'See the order',
    nothingToDo: 'There is nothing you need to do. Keep this mail until the money is there.',
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
