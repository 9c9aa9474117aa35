import type { Charges } from '../pricing/quote.ts';
import type { Failure } from '../result.ts';
import type { EpochMs } from '../time.ts';
import type { Attempt } from './attempt.ts';

/**
 * Where an order stands.
 *
 * placed: nothing is held yet · held: stock waits by the clock, the buyer may pay · securing, reholding: the buyer wants
 * to pay, stock is being made firm · firm: stock waits for the payment, or nothing is to be paid · authorised: the money
 * is reserved · captured: the money is in · voiding, refunding: money without tickets, on its way back · releasing: stock
 * without money, on its way back.
 *
 * Ends: completed, refused, refunded; released too, but its buyer may try again while there is room.
 */
export const orderStates = [
  'placed',
  'held',
  'securing',
  'reholding',
  'firm',
  'authorised',
  'captured',
  'completed',
  'refused',
  'releasing',
  'released',
  'voiding',
  'refunding',
  'refunded',
] as const;
export type OrderState = (typeof orderStates)[number];

/** No money and no stock of such an order is under way. A released one may be tried again, which begins anew. */
const settledStates: ReadonlySet<OrderState> = new Set(['completed', 'refused', 'released', 'refunded']);

export function isSettled(state: OrderState): boolean {
  return settledStates.has(state);
}

/** What the buyer saw and agreed to, kept as it was: the order page needs neither database nor catalogue to show it. */
export type OrderSnapshot = Charges & {
  readonly event: {
    readonly eventId: string;
    readonly slug: string;
    readonly title: string;
    readonly summary: string;
    readonly category: string;
    readonly city: string;
    readonly venueName: string;
    readonly venueAddress: string;
    readonly timeZone: string;
    readonly startsAtMs: EpochMs;
    readonly endsAtMs: EpochMs;
    readonly heroKey: string;
    readonly posterKey: string;
  };
  /** Pseudonymous: the same buyer is the same id, and the id alone says nothing. */
  readonly customerId: string;
  /** How long the event lets stock wait for a card. */
  readonly holdTtlMs: number;
  /** The entry link that brought the buyer. */
  readonly via?: string | undefined;
  /** A type in it asks for a name at the gate: the desk hands the buyer's on with the hold, and it is kept nowhere here. */
  readonly asksName?: boolean | undefined;
  /** The waitlist place whose offer this order answers. */
  readonly offerId?: string | undefined;
};

/** Names live apart from the snapshot, in columns that can be erased. */
export type Contact = { readonly name: string; readonly email: string };

export type IssuedTicket = { readonly ticketId: string; readonly typeId: string; readonly handle: string };

export type Order = {
  readonly orderId: string;
  readonly state: OrderState;
  readonly placedAtMs: EpochMs;
  readonly snapshot: OrderSnapshot;
  /** Counts the holds asked for: once one was let go of, the next try is a new one under the next number. */
  readonly holdNo: number;
  readonly holdExpiresAtMs?: EpochMs | undefined;
  /** Every try to pay, oldest first; the last is the current one. */
  readonly attempts: readonly Attempt[];
  readonly tickets: readonly IssuedTicket[];
  readonly failure?: Failure | undefined;
  /** Its buyer had their data erased: nobody is found by name or address under it any more. */
  readonly isForgotten?: boolean | undefined;
};

export function orderQuantity(snapshot: OrderSnapshot): number {
  return snapshot.lines.reduce((sum, line) => sum + line.quantity, 0);
}

/** A hold's id in an event's inventory: its idempotency key there. */
export function holdIdOf(order: Pick<Order, 'orderId' | 'holdNo'>): string {
  return `${order.orderId}/${order.holdNo}`;
}
