import type { WalletFeedObject } from './object.ts';

/** The binding under which a Worker reaches wallet feeds. */
export type WalletFeedNamespace = DurableObjectNamespace<WalletFeedObject>;

/**
 * Whose news it is: everything of a customer who proved to be that, one order of whoever may open it, or one ticket that was
 * given to whoever has it.
 */
export type WalletFeedName = `customer:${string}` | `order:${string}` | `ticket:${string}`;

export function walletFeedOf(namespace: WalletFeedNamespace, name: WalletFeedName) {
  return namespace.get(namespace.idFromName(name));
}
