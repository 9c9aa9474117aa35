import { eventPostponed, refundMade, refundRerouted } from './changes-mail.ts';

/** What we send by email. */
export const mail = {
  order: {
    subject: (event: string) => `Your tickets: ${event}`,
    title: 'You’re going.',
    lead: (count: number, event: string) =>
      count === 1 ? `Your ticket for ${event} is ready.` : `Your ${count} tickets for ${event} are ready.`,
    open: 'Open your tickets',
    openOrder: 'Open your order',
    thingsSubject: (what: string) => `Your order: ${what}`,
    thingsTitle: 'It’s yours.',
    thingsLead: (what: string) => `Thank you for your order: ${what}.`,
    topUpLead: (amount: string) => `${amount} was put into your balance.`,
    giftSubject: (event: string) => `Your gift: ${event}`,
    giftLead: (count: number, event: string, name: string, day: string) =>
      `${count === 1 ? 'The ticket' : `The ${count} tickets`} for ${event} ${count === 1 ? 'goes' : 'go'} to ${name || 'whoever you named'} by mail on ${day}. This is your receipt.`,
    yourBalance: 'your balance',
    event: 'Event',
    collect: 'Collect',
    when: 'When',
    where: 'Where',
    reference: 'Order',
    line: (quantity: number, name: string) => `${quantity} × ${name}`,
    total: 'Total',
    keep: 'Keep this link to yourself: whoever opens it can show your tickets.',
  },
  gift: {
    subject: (event: string) => `A gift for you: ${event}`,
    title: 'For you.',
    lead: (from: string, count: number, event: string) =>
      `${from || 'Somebody'} gives you ${count === 1 ? 'a ticket' : `${count} tickets`} for ${event}.`,
    says: (from: string) => `${from} writes:`,
    keep: 'Keep this link to yourself: whoever opens it can show your tickets.',
    unknown: 'You do not know who this is from? Ignore it: nobody gets your address by it.',
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
  refundMade,
  refundRerouted,
  eventPostponed,
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
