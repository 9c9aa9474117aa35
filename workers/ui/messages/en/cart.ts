/** The cart: several events, things and codes on their way to one order. */
export const cart = {
  title: 'Your cart',
  link: 'Cart',
  empty: 'Nothing in it yet.',
  emptyDetail: 'Choose tickets on an event’s page and add them here: several events fit into one order.',
  toEvents: 'See what’s on',
  quantity: (name: string) => `How many: ${name}`,
  remove: (name: string) => `Remove ${name}`,
  removeShort: 'Remove',
  update: 'Update',
  each: (price: string) => `${price} each`,
  was: (before: string, now: string) => `The price has changed: it was ${before}, now it is ${now}.`,
  apart: (price: string) => `${price} one by one`,
  contains: (parts: string) => `With ${parts}`,
  from: (business: string) => `From ${business}`,
  sum: 'Together',
  checkOut: 'Check out',
  blocked: 'Put right what is marked above, then check out.',
  gift: 'This is a gift',
  giftNote: 'For whom and when, you say at the checkout.',
  gone: (name: string) => `${name} is not sold any more.`,
  goneTitle: 'Not sold any more',
  cut: (name: string, kept: number) =>
    kept === 0
      ? `${name} did not fit: a cart holds 40 different things.`
      : `Only ${kept} of ${name} in one order, so that many are in your cart.`,
  cutTitle: 'Not everything fitted',
  separately: 'Pay for these separately',
  separatelyDetail:
    'Your cart has prices in several currencies. An order has one, so these are ordered one after the other; nothing is lost in between.',
  pricesNote: 'Nothing is held for you yet: tickets are yours once they are ordered.',
};
