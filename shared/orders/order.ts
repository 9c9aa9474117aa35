import type { QuotedLine, QuotedSection, Quote } from '../pricing/quote.ts';
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

/** An event as its buyers saw it. */
export type EventCard = {
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

/** What an order takes from one inventory, and what was agreed about it. */
export type OrderSection = QuotedSection & {
  /** Of an event's section. */
  readonly event?: EventCard | undefined;
  /** How long stock here waits for a card. */
  readonly holdTtlMs: number;
  /** The entry link that brought the buyer. */
  readonly via?: string | undefined;
  /** A type in it asks for a name at the gate: the desk hands the buyer's on with the hold, and it is kept nowhere here. */
  readonly asksName?: boolean | undefined;
  /** The waitlist place whose offer this section answers. */
  readonly offerId?: string | undefined;
};

/** What the buyer saw and agreed to, kept as it was: the order page needs neither database nor catalogue to show it. */
export type OrderSnapshot = Omit<Quote, 'expiresAtMs' | 'sections'> & {
  readonly sections: readonly OrderSection[];
  /** Pseudonymous: the same buyer is the same id, and the id alone says nothing. */
  readonly customerId: string;
  /** Meant for somebody else; for whom, is in the contact. */
  readonly gift?: { readonly deliverAtMs: EpochMs; readonly hidesPrice: boolean } | undefined;
};

/** Names live apart from the snapshot, in columns that can be erased. */
export type Contact = {
  readonly name: string;
  readonly email: string;
  /** Who is given it, and what the giver says. */
  readonly gift?: { readonly name: string; readonly email: string; readonly message: string } | undefined;
};

export type IssuedTicket = {
  readonly ticketId: string;
  readonly typeId: string;
  readonly handle: string;
  readonly eventId: string;
};

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

/** Every line, section by section. */
export function orderLines({ sections }: { readonly sections: readonly QuotedSection[] }): QuotedLine[] {
  return sections.flatMap(({ lines }) => lines);
}

export function orderQuantity(snapshot: OrderSnapshot): number {
  return quantityOf(orderLines(snapshot));
}

export function quantityOf(lines: readonly QuotedLine[]): number {
  return lines.reduce((sum, line) => sum + line.quantity, 0);
}

/** The events it is for, in the order's own order; none when it only buys products or tops up a wallet. */
export function orderEvents({ sections }: Pick<OrderSnapshot, 'sections'>): EventCard[] {
  return sections.flatMap(({ event }) => event ?? []);
}

/** A hold's id in an event's inventory: its idempotency key there. */
export function holdIdOf(order: Pick<Order, 'orderId' | 'holdNo'>): string {
  return `${order.orderId}/${order.holdNo}`;
}
