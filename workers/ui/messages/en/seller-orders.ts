import type { RefundCause, RefundReason } from '#shared/orders/refund.ts';
import type { OrderState } from '#shared/orders/order.ts';

const causes: Readonly<Record<RefundCause, string>> = {
  buyer: 'The buyer gave it back',
  organiser: 'Given back by the organiser',
  event_cancelled: 'The event was cancelled',
  event_postponed: 'The event moved, and the buyer chose not to come',
  gateway_dashboard: 'Refunded at the card gateway itself',
  dispute: 'Taken back by the card’s bank',
};

const reasons: Readonly<Record<RefundReason, string>> = {
  asked: 'The buyer asked',
  cannot_come: 'The buyer cannot come',
  bought_twice: 'Bought twice',
  wrong_ticket: 'The wrong ticket was bought',
  programme_changed: 'The programme changed',
  complaint: 'A complaint',
  goodwill: 'Goodwill',
};

const states: Readonly<Record<OrderState, string>> = {
  placed: 'Being placed',
  held: 'Waits to be paid',
  reserving: 'Being paid',
  securing: 'Being paid',
  firm: 'Being paid',
  authorised: 'Being paid',
  captured: 'Paid, tickets on their way',
  completed: 'Complete',
  refusing: 'Refused',
  refused: 'Refused',
  releasing: 'Not paid',
  released: 'Not paid',
  voiding: 'Money on its way back',
  refunding: 'Money on its way back',
  refunded: 'Refunded in full',
};

/** Orders as their sellers see them, and money that goes back. */
export const sellerOrders = {
  link: 'Orders',
  title: 'Orders',
  lead: 'Find an order, see what happened to it, and give money back.',
  search: 'Order number or buyer’s email',
  searchHint:
    'The number is eight letters and digits, such as 7KQ2-MX9T. Nobody is found by name: names are in no list.',
  submit: 'Find',
  found: (count: number) => (count === 1 ? '1 order' : `${count} orders`),
  none: 'Nothing of yours under that.',
  noneHint: 'Read the number again, or try the address the order was placed with. A new order shows within seconds.',
  states,
  orderOf: (reference: string) => `Order ${reference}`,
  placed: (when: string) => `Placed ${when} (UTC)`,
  buyer: 'Buyer',
  buyerHidden: 'Your role does not show who bought it.',
  buyerErased: 'The buyer had their data erased.',
  giftFor: (name: string) => `A gift for ${name}`,
  lines: 'What was bought',
  line: (quantity: number, name: string) => `${quantity} × ${name}`,
  leftOf: (left: number, quantity: number) => `${left} of ${quantity} left`,
  backAlready: (price: string) => `${price} back so far`,
  tickets: 'Tickets',
  used: 'used',
  given: 'given to somebody',
  payments: 'Payments',
  paid: { card: 'Card', balance: 'Balance or points' },
  paidStates: {
    new: 'Begun',
    open: 'With the bank',
    dead: 'Failed',
    authorised: 'Reserved',
    voided: 'Let go of',
    captured: 'Paid',
    refunded: 'Returned',
  },
  noPayments: 'Nothing was to be paid.',
  othersToo: 'Other sellers’ things are in this order: their money is not shown.',
  refunds: 'Money back',
  noRefunds: 'Nothing went back so far.',
  causes,
  refundStates: {
    new: 'Being decided',
    revoked: 'On its way',
    paying: 'On its way',
    done: 'Done',
    failed: 'Not done',
  },
  kept: (price: string) => `${price} kept by the rules`,
  legs: {
    card: (price: string) => `${price} to the card`,
    wallet: (price: string) => `${price} to the wallet`,
    points: (price: string) => `points worth ${price}`,
  },
  history: 'Who did what',
  disputed: 'The card’s bank is asking about this payment. Until it has decided, nothing can go back from here.',
  refund: {
    title: 'Give money back',
    titleOf: (what: string) => `Give money back: ${what}`,
    lead: 'Tickets stop working at once, then the money goes back. This cannot be undone.',
    howMany: (name: string, left: number) => `${name}: how many of ${left}`,
    option: (count: number, price: string) => (count === 0 ? 'None' : `${count}: ${price}`),
    usedThere: (count: number) =>
      count === 1
        ? 'One ticket was used, is blocked or was given to somebody. Only an owner gives money back for it.'
        : `${count} tickets were used, are blocked or were given to somebody. Only an owner gives money back for these.`,
    withUsed: (count: number) =>
      count === 1
        ? 'The used, blocked or given ticket too, against the rules'
        : `The ${count} used, blocked or given tickets too, against the rules`,
    onShelf: 'Nothing was handed out, or it came back: sell it again',
    fee: 'How much',
    feeNone: 'All of it',
    feeKept: (percent: number) => `Less the ${percent}% the rules keep`,
    to: 'Where to',
    toSource: 'The way it was paid',
    toWallet: 'The buyer’s 247GBS wallet',
    reason: 'Why',
    reasons,
    submit: 'Give the money back',
    pleaseTitle: 'Give an amount, and take nothing away',
    pleaseLead: 'Something for the trouble: tickets stay good.',
    pleaseLine: 'Out of',
    amount: 'Amount',
    amountHint: (most: string) => `At most ${most}`,
    please: 'Give this amount',
    nothing: 'Nothing is left to give back here.',
    did: 'The money goes back. The buyer hears of it by mail.',
    pickOne: 'Choose at least one thing to give back.',
    amountError: 'Write an amount such as 12.50, no more than is left.',
    notDone: 'Nothing went back',
  },
} as const;
