/** What organisers and makers sell beside tickets. */
export const shop = {
  goesWell: 'Goes well with',
  goesWellLead: 'Order them along; collect them when you are there.',
  title: 'Shop',
  with: (parts: string) => `With ${parts}`,
  quantity: (name: string) => `How many: ${name}`,
  topUp: {
    title: 'Top up your balance',
    lead: 'Money you put in here pays for tickets and anything else sold here. It stays yours.',
    amount: 'Amount',
    amountHint: (least: string, most: string) => `From ${least} to ${most}.`,
    amountError: (least: string, most: string) => `Enter an amount from ${least} to ${most}.`,
    currency: 'Currency',
    pay: 'Go to payment',
    note: 'By card, on our bank partner’s secure page.',
    have: (amount: string) => `You have ${amount}.`,
  },
};
