import type { ToldChange } from '#d1/queries/wallet-changes.ts';
import type { WalletFeedName } from '#objects/wallet-feed/client.ts';
import type { Services } from '#workers/services.ts';

/**
 * Feeds told for one ring of the doorbell. A projection that catches up with thousands of entries must not call an object for
 * each: nobody waits for those, and who is not told asks by itself within a minute.
 */
const feedsPerRing = 400;

/** Whom one reading of a log has told. Nothing waits for them: what comes next in the log is read meanwhile. */
export class ToldWallets {
  readonly #services: Pick<Services, 'tellWallets'>;
  readonly #underWay: Promise<void>[] = [];
  #left = feedsPerRing;

  constructor(services: Pick<Services, 'tellWallets'>) {
    this.#services = services;
  }

  /** To be called once the changes are committed. */
  tell(changes: readonly ToldChange[]): void {
    const names = [...new Set(changes.flatMap(feedsOf))].slice(0, this.#left);
    if (names.length === 0) return;
    this.#left -= names.length;
    this.#underWay.push(this.#services.tellWallets(names));
  }

  /** Resolves once all are told: what a handler leaves behind unfinished is cut off. */
  async all(): Promise<void> {
    await Promise.all(this.#underWay);
  }
}

/**
 * The customer's own pages, and those of whoever may open this one order; of a ticket that was given, those of whoever has it in
 * their browser alone, because what they do with it is nothing for whoever bought it to hear of.
 */
export function feedsOf({ customerId, orderId, ticketId }: ToldChange): WalletFeedName[] {
  const other: WalletFeedName = orderId === '' ? `ticket:${ticketId ?? ''}` : `order:${orderId}`;
  return [`customer:${customerId}`, other];
}
