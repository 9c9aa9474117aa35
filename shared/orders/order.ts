import type { QuotedLine, QuotedSection, Quote } from '../pricing/quote.ts';
import type { Failure } from '../result.ts';
import type { EpochMs } from '../time.ts';
import type { Attempt } from './attempt.ts';
import type { Dispute } from './dispute.ts';
import type { Overpaid, Refund } from './refund.ts';

/**
 * Where an order stands.
 *
 * placed: not all of it is held yet · held: stock waits by the clock, the buyer may pay · reserving: the part that is paid
 * from wallet or points is being set aside · securing: stock is being made firm · firm: stock waits for the payment, or
 * nothing is to be paid · authorised: the money is reserved · captured: the money is in, tickets are being made · refusing,
 * releasing: stock without tickets, on its way back · voiding, refunding: money without tickets, on its way back.
 *
 * Ends: completed, refused, refunded; released too, but its buyer may try again while there is room.
 */
export const orderStates = [
  'placed',
  'held',
  'reserving',
  'securing',
  'firm',
  'authorised',
  'captured',
  'completed',
  'refusing',
  'refused',
  'releasing',
  'released',
  'voiding',
  'refunding',
  'refunded',
] as const;
export type OrderState = (typeof orderStates)[number];

const endStates: ReadonlySet<OrderState> = new Set(['completed', 'refused', 'released', 'refunded']);

/** Nothing moves such an order but its buyer, who may try a released one again, or news of money. */
export function isEndState(state: OrderState): boolean {
  return endStates.has(state);
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
  /** Of a business's own things: whose they are, and by product where each is collected, in the seller's words. */
  readonly shop?:
    | { readonly name: string; readonly slug: string; readonly pickups: Readonly<Record<string, string>> }
    | undefined;
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

/**
 * How far one inventory is. none: not asked yet, or did not answer · refused: would not make tickets of what it holds, and
 * is to let go of it · released: holds nothing for this order.
 */
export type StockState = 'none' | 'held' | 'firm' | 'confirmed' | 'refused' | 'released';

export type StockProgress = {
  /** Event or business. */
  readonly inventoryId: string;
  readonly state: StockState;
  /** Counts the holds asked for here: once one ended, the next try is a new one under the next number. */
  readonly holdNo: number;
};

export type Order = {
  readonly orderId: string;
  readonly state: OrderState;
  readonly placedAtMs: EpochMs;
  readonly snapshot: OrderSnapshot;
  /** Every inventory it takes from, once each. */
  readonly stock: readonly StockProgress[];
  /** Until when all of it waits by the clock; only while it does. */
  readonly holdExpiresAtMs?: EpochMs | undefined;
  /** Every try to pay, oldest first; the last is the current one. */
  readonly attempts: readonly Attempt[];
  readonly tickets: readonly IssuedTicket[];
  readonly refunds: readonly Refund[];
  /** Payments a card's bank asked about. */
  readonly disputes?: readonly Dispute[] | undefined;
  /** What its buyer got twice. */
  readonly overpaid?: readonly Overpaid[] | undefined;
  /** Why it did not go on; also why the last try to pay failed, while another may be made. */
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

/** A hold's id in an inventory: its idempotency key there. */
export function holdIdOf({ orderId }: Pick<Order, 'orderId'>, { holdNo }: StockProgress): string {
  return `${orderId}/${holdNo}`;
}

/**
 * The inventories to ask: those of its sections, and those that count the uses of its promotions. A wallet that is topped up
 * has none.
 */
export function stockOf({ sections, discounts }: Pick<OrderSnapshot, 'sections' | 'discounts'>): StockProgress[] {
  const ids = [
    ...sections.flatMap(({ kind, inventoryId }) => (kind === 'wallet' ? [] : [inventoryId])),
    ...discounts.flatMap(({ isCounted, businessId }) => (isCounted ? [businessId] : [])),
  ];
  return [...new Set(ids)].map((inventoryId) => ({ inventoryId, state: 'none', holdNo: 1 }));
}

export function isEventOf({ sections }: Pick<OrderSnapshot, 'sections'>, inventoryId: string): boolean {
  return sections.some((section) => section.kind === 'event' && section.inventoryId === inventoryId);
}

export function currentAttempt({ attempts }: Pick<Order, 'attempts'>): Attempt | undefined {
  return attempts.at(-1);
}

/** Nothing is to be paid: it needs neither gateway nor ledger. */
export function isFree({ snapshot }: Pick<Order, 'snapshot'>): boolean {
  return snapshot.totalMinor === 0;
}
