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
  code: {
    subject: {
      sign_in: (code: string) => `${code} is your sign-in code`,
      prove_again: (code: string) => `${code} is your code to go on`,
      confirm_device: (code: string) => `${code} confirms your new browser`,
      add_address: (code: string) => `${code} confirms this address`,
    },
    title: {
      sign_in: 'Sign in',
      prove_again: 'It is you',
      confirm_device: 'A new browser',
      add_address: 'Your new address',
    },
    lead: (minutes: number) =>
      `Type this code in the browser that asked for it. It works once, for ${minutes} minutes.`,
    orLink: 'Or open this link, in any browser of yours:',
    open: 'Sign in',
    ignore:
      'You did not ask for this? Ignore it, and give the code to nobody: we never ask for it by phone or in a chat.',
  },
  footer: 'Sent by 247GBS Expo because of something you did there. This is not advertising.',
};
