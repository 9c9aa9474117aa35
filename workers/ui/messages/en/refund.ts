/** Giving tickets back: said before anything happens, because it cannot be taken back. */
export const refunding = {
  title: 'Get a refund',
  lead: 'Choose what to give back. Its tickets stop working at once, then the money goes back.',
  nothing:
    'There is nothing to give back here: the time for it is over, the ticket was used, or its rules give no refunds.',
  notYours: 'What could be given back is somebody else’s by now.',
  givenAway: (count: number) =>
    `${count === 1 ? 'One ticket was given away and is' : `${count} tickets were given away and are`} not yours to refund. Ask whoever has ${count === 1 ? 'it' : 'them'} to give ${count === 1 ? 'it' : 'them'} back to you first.`,
  offered: (count: number) =>
    `${count === 1 ? 'One ticket is' : `${count} tickets are`} offered to somebody and refunded last: the offer ends with it.`,
  order: 'Order',
  toOrder: 'Back to your order',
  back: 'Back to refunds',
  busy: 'One moment…',
  deciding: 'A refund is being decided. Look again in a moment.',
  line: (name: string, event: string) => (event === '' ? name : `${name}, ${event}`),
  moved: (until: string) => `The event moved: all of it back until ${until}.`,
  rule: (feePercent: number, until: string) =>
    feePercent === 0
      ? `All of it back until ${until}.`
      : `Until ${until}, less ${feePercent}% that the organiser keeps.`,
  howMany: 'How many',
  option: (count: number, price: string) => `${count}: ${price} back`,
  whereTo: 'Where to',
  to: {
    source: { head: 'The way you paid', detail: 'A card takes up to ten working days.' },
    wallet: { head: 'Your 247GBS wallet', detail: 'Within moments. Points come back as points.' },
  },
  final: 'This cannot be undone.',
  send: 'Give back and get the money',
  went: {
    card: (price: string) => `${price} to your card. Banks take up to ten working days to show it.`,
    wallet: (price: string) => `${price} to your wallet.`,
    points: (price: string) => `Points worth ${price}, as points.`,
  },
};
