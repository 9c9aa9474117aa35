import { listed } from './listed.ts';

/** Said by the island that counts down. */
export const countdown = {
  minutesLeft: (minutes: number) => (minutes <= 1 ? 'Under a minute left' : `${minutes} minutes left`),
};

/** The order page: what is true now, and what to do about it. */
export const order = {
  completedTitle: 'You’re going.',
  tickets: 'Your tickets',
  summary: 'What you ordered',
  reference: 'Order',
  placedFor: (email: string) => `for ${email}`,
  open: 'Open ticket',
  backToEvent: 'Back to the event',
  toEvents: 'See what’s on',
  busy: 'One moment…',
  lookAgain: 'Look again now',
  clock: (time: string, zone: string) => `${time} (${zone})`,
  unpaid: {
    title: 'Held for you',
    lead: (until: string) => `Pay by ${until} and the tickets are yours.`,
    detail:
      'Nothing has been charged yet. If you decide against it, do nothing: the tickets go back on sale by themselves.',
    pay: (price: string) => `Pay ${price}`,
    note: 'Card, on our bank partner’s secure page.',
  },
  paying: {
    title: 'Finish paying',
    lead: (until: string) => `Your tickets wait for you until ${until}.`,
    pay: (price: string) => `Finish paying ${price}`,
    safe: 'Nothing is charged unless your bank says yes. Pressing again is safe: it leads back to the same payment, never to a second one.',
    done: 'Paid already? Then leave it: this page hears it from the bank by itself, usually within seconds.',
  },
  working: {
    title: 'Almost there',
    lead: 'Your order is being confirmed.',
    detail: 'This page looks again by itself every few seconds. It is safe to leave: we email you how it ends.',
  },
  completed: {
    codeOf: (index: number, count: number) => `Ticket ${index} of ${count}`,
    lead: (count: number, events: readonly string[]) =>
      count === 1
        ? `Your ticket for ${listed(events)} is ready.`
        : `Your ${count} tickets for ${listed(events)} are ready.`,
    sentTo: (email: string) => `We are sending them to ${email} too.`,
    calendar: 'Add to your calendar',
  },
  changed: {
    cancelledTitle: 'Cancelled.',
    endedTitle: 'Given back.',
    cancelled: (event: string) => `${event} will not take place.`,
    cancelledDetail: 'Its tickets have ended. Whatever you paid for them goes back by itself: there is nothing to do.',
    postponed: (event: string) => `${event} moves`,
    now: (when: string) => `New dates: ${when}. Your tickets stay good, with the same codes.`,
    open: (until: string) => `You can come? Do nothing. If not, have all your money back until ${until}.`,
    over: (until: string) => `The time to have money back for this ended ${until}. Your tickets stay good.`,
    choose: 'Have my money back',
    back: 'Money back',
  },
  gift: {
    giverTitle: 'Wrapped.',
    recipientTitle: 'For you.',
    planned: (name: string, day: string) => `${name} gets it by mail on ${day}.`,
    sent: (name: string, day: string) => `Mailed to ${name} on ${day}.`,
    from: (name: string) => `A gift from ${name}`,
    unnamed: 'They',
  },
  things: {
    title: 'It’s yours.',
    lead: (count: number) => (count === 1 ? 'One thing waits for you.' : `${count} things wait for you.`),
    heading: 'To collect',
    line: (quantity: number, name: string) => `${quantity} × ${name}`,
    show: (reference: string) => `Say your order’s number, ${reference}.`,
    at: (business: string) => `From ${business}`,
  },
  topUp: {
    title: 'Topped up.',
    lead: (amount: string) => `${amount} is on its way to your balance: usually it is there within seconds.`,
    balance: 'See your tickets',
  },
  refused: {
    title: 'No tickets this time',
    detail: 'No tickets were issued and nothing was charged. See what the event still has.',
  },
  released: {
    title: 'Not paid in time',
    detail: (price: string) =>
      `No need to choose again: trying again takes the same tickets for ${price}, as long as there are enough left.`,
    tryAgain: 'Try again',
    nothingTaken: 'Nothing was charged. If your bank shows a reserved amount, it goes away by itself.',
  },
  refunding: {
    title: 'Money on its way back',
    lead: (price: string) => `You get ${price} back in full.`,
    why: 'Why',
    when: 'Your bank is being told now. A reserved amount is free again within days; a charge comes back to the card you paid with within ten working days.',
    nothingToDo: 'There is nothing you need to do. It is safe to leave this page.',
  },
  refunded: {
    title: 'Money given back',
    lead: (price: string) => `We gave ${price} back in full.`,
    when: 'It returns to the card you paid with. Banks take up to ten working days to show it.',
  },
};
