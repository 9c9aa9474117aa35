import type { FailureCode } from '../failures.ts';
import type { Currency } from '../money/money.ts';
import type { EpochMs } from '../time.ts';

/** Where an order stands. `working` states are the desk's to move; the last three are ends. */
export const orderStates = ['placed', 'firm', 'completed', 'refused', 'released'] as const;
export type OrderState = (typeof orderStates)[number];

export type OrderLine = {
  readonly typeId: string;
  readonly name: string;
  readonly accessLevel: string;
  readonly quantity: number;
  readonly unitMinor: number;
};

/** What the buyer saw and agreed to, kept as it was: the order page needs neither database nor catalogue to show it. */
export type OrderSnapshot = {
  readonly event: {
    readonly eventId: string;
    readonly slug: string;
    readonly title: string;
    readonly summary: string;
    readonly category: string;
    readonly city: string;
    readonly venueName: string;
    readonly timeZone: string;
    readonly startsAtMs: EpochMs;
    readonly endsAtMs: EpochMs;
    readonly heroKey: string;
    readonly posterKey: string;
  };
  readonly rulesVersion: number;
  readonly currency: Currency;
  readonly lines: readonly OrderLine[];
  readonly totalMinor: number;
  /** Pseudonymous: the same buyer is the same id, and the id alone says nothing. */
  readonly customerId: string;
};

/** Names live apart from the snapshot, in columns that can be erased. */
export type Contact = { readonly name: string; readonly email: string };

export type IssuedTicket = { readonly ticketId: string; readonly typeId: string; readonly handle: string };

export type Order = {
  readonly orderId: string;
  readonly state: OrderState;
  readonly placedAtMs: EpochMs;
  readonly snapshot: OrderSnapshot;
  readonly tickets: readonly IssuedTicket[];
  readonly failure?: { readonly code: FailureCode; readonly facts?: Readonly<Record<string, string | number>> };
};

export function orderQuantity(snapshot: OrderSnapshot): number {
  return snapshot.lines.reduce((sum, line) => sum + line.quantity, 0);
}
