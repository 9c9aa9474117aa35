/**
 * What a wallet's change feed says happened. Kinds are API: phones, tills and partners' apps read the same feed, so they are
 * never renamed or reused. A reader that does not know a kind reads the ticket or the order it names anew.
 */
export const walletChangeKinds = [
  'ticket.issued',
  /** Refunded, suspended, reinstated, made out anew or taken to another device. */
  'ticket.moved',
  /** Somebody went in or out with it. */
  'ticket.used',
  'ticket.use_undone',
  /** Part of what it includes was handed out. */
  'benefit.redeemed',
  /** Somebody gave it to the wallet's owner. */
  'ticket.received',
  /** It is somebody else's from now on. */
  'ticket.given',
  /** Its order is reserved, complete, or over. */
  'order.moved',
  /** Somebody keeps another's order in their account. */
  'order.claimed',
] as const;
export type WalletChangeKind = (typeof walletChangeKinds)[number];

/** All an open socket ever says: read the feed. It carries nothing, so that hearing it tells nobody anything. */
export const walletNews = 'news';
