import type { RefundCause } from '#shared/orders/refund.ts';

/** Mails about money that goes back, and about events that do not take place as planned. */
const leads: Readonly<Record<RefundCause, (about: string) => string>> = {
  buyer: (about) => `You gave something back: ${about}.`,
  organiser: (about) => `The organiser gives you money back: ${about}.`,
  event_cancelled: (about) => `${about} will not take place. We are sorry.`,
  event_postponed: (about) => `You chose not to come to the new dates: ${about}.`,
  gateway_dashboard: (about) => `The organiser gives you money back: ${about}.`,
  dispute: (about) => `Your bank took the money back: ${about}.`,
};

export const refundMade = {
  subject: (about: string) => `Money back: ${about}`,
  title: 'Money back.',
  cancelledSubject: (about: string) => `Cancelled: ${about}`,
  cancelledTitle: 'Cancelled.',
  leads,
  amount: 'Amount',
  nothingPaid: 'Your tickets cost nothing, so there is nothing to pay back.',
  amountBack: (price: string) => `You get ${price} back. Nobody has to ask for it, and nothing is kept.`,
  amountLess: (price: string, kept: string) => `You get ${price} back; ${kept} is kept by the rules it was sold under.`,
  to: {
    card: (price: string) => `${price} goes to the card you paid with. Banks take up to ten working days to show it.`,
    wallet: (price: string) => `${price} is in your 247GBS wallet within moments.`,
    points: (price: string) => `Points worth ${price} come back as points.`,
  },
  ended: (what: string) => `No longer good: ${what}. Everything else in your order stays.`,
  recipientLead: (about: string) =>
    `${about} will not take place, so the tickets you were given for it have ended. The money goes to who paid.`,
  keep: 'Nothing is left for you to do. Keep this mail until the money is there.',
  open: 'See the order',
};

export const refundRerouted = {
  subject: (about: string) => `Your refund is in your wallet: ${about}`,
  title: 'In your wallet.',
  lead: (price: string) =>
    `The bank of the card you paid with would not take ${price} back: the card may have been closed. So the money is in your 247GBS wallet, where you can spend it at any checkout.`,
  how: 'Sign in with the address this mail came to, and you find it under Statement. Somebody at 247GBS Expo can help if you would rather have it another way: answer this mail.',
  open: 'See the order',
};

export const eventPostponed = {
  subject: (event: string) => `New dates: ${event}`,
  title: 'New dates.',
  lead: (event: string) => `${event} moves. Your tickets stay good, with the same codes.`,
  was: 'Was',
  now: 'Now',
  keep: 'You can come? Then there is nothing to do.',
  choose: (until: string) =>
    `You cannot? Open your order and have all your money back until ${until}. After that the tickets stay yours.`,
  free: 'You cannot? Your tickets cost nothing: leave them, or give them to somebody who can.',
  recipient: 'If you cannot come, tell who gave you the tickets: the money goes to them.',
  open: 'Open your order',
};
