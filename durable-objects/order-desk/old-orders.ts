import { byCard, type Attempt } from '#shared/orders/attempt.ts';
import type { EventCard, IssuedTicket, Order, OrderSnapshot, OrderState, StockProgress } from '#shared/orders/order.ts';
import type { Dispute } from '#shared/orders/dispute.ts';
import type { Refund } from '#shared/orders/refund.ts';
import type { Currency } from '#shared/money/money.ts';
import type { Failure } from '#shared/result.ts';
import type { EpochMs } from '#shared/time.ts';

/** A snapshot from when an order was for one event: its lines and sums stood beside the event. */
type OldSnapshot = {
  readonly event: EventCard;
  readonly rulesVersion: number;
  readonly currency: Currency;
  readonly lines: readonly {
    readonly typeId: string;
    readonly name: string;
    readonly accessLevel: string;
    readonly quantity: number;
    readonly unitMinor: number;
  }[];
  readonly feeMinor: number;
  readonly taxMinor: number;
  readonly taxName?: string;
  readonly totalMinor: number;
  readonly customerId: string;
  readonly holdTtlMs: number;
  readonly via?: string;
  readonly asksName?: boolean;
  readonly offerId?: string;
};

const countries: Readonly<Record<Currency, string>> = { GBP: 'GB', NGN: 'NG', GHS: 'GH', KES: 'KE' };

/** A stored snapshot in today's form. Whose business it was is known to the catalogue only: the old form did not say. */
export function readSnapshot(stored: string): OrderSnapshot {
  const snapshot = JSON.parse(stored) as OrderSnapshot | OldSnapshot;
  return 'sections' in snapshot ? snapshot : inSections(snapshot);
}

function inSections(old: OldSnapshot): OrderSnapshot {
  const { event, rulesVersion, currency, feeMinor, taxMinor, taxName, totalMinor, customerId } = old;
  const { holdTtlMs, via, asksName, offerId } = old;
  return {
    currency,
    sections: [
      {
        kind: 'event',
        inventoryId: event.eventId,
        businessId: 'unknown',
        countryCode: countries[currency],
        rulesVersion,
        lines: linesOf(old),
        taxName,
        event,
        holdTtlMs,
        via,
        asksName,
        offerId,
      },
    ],
    discounts: [],
    feeMinor,
    taxMinor,
    taxName,
    totalMinor,
    customerId,
  };
}

/** Fee, tax and total were kept for the order only: each line gets its share by price, rounded on the running sum. */
function linesOf({ lines, feeMinor, taxMinor, totalMinor }: OldSnapshot): OrderSnapshot['sections'][number]['lines'] {
  const listedMinor = lines.reduce((sum, { unitMinor, quantity }) => sum + unitMinor * quantity, 0);
  let before = 0;
  return lines.map(({ typeId: itemId, name, accessLevel, quantity, unitMinor }, index) => {
    const after = before + unitMinor * quantity;
    const share = (sumMinor: number) => upTo(sumMinor, after, listedMinor) - upTo(sumMinor, before, listedMinor);
    const shares = { feeMinor: share(feeMinor), taxMinor: share(taxMinor), totalMinor: share(totalMinor) };
    before = after;
    const what = { lineId: `l${index + 1}`, kind: 'ticket' as const, itemId, name, accessLevel, quantity, unitMinor };
    return { ...what, discountMinor: 0, ...shares };
  });
}

function upTo(sumMinor: number, part: number, whole: number): number {
  return whole === 0 ? 0 : Math.floor((sumMinor * part) / whole);
}

type OldTicket = Omit<IssuedTicket, 'eventId'> & { readonly eventId?: string };
type OldAttempt = Omit<Attempt, 'tender'> & { readonly tender?: Attempt['tender'] };

/** What moves of an order, as it is stored: of one from before, by one number of a hold. */
export type StoredProgress = {
  readonly holdNo?: number;
  readonly stock?: readonly StockProgress[];
  readonly holdExpiresAtMs?: EpochMs;
  readonly attempts: readonly OldAttempt[];
  readonly tickets: readonly OldTicket[];
  readonly refunds?: readonly Refund[];
  readonly disputes?: readonly Dispute[];
  readonly overpaid?: Order['overpaid'];
  readonly failure?: Failure;
};

/** `reholding` was asking for a hold under a new number; that is how stock is secured when nothing is held. */
export type StoredState = OrderState | 'reholding';

export function readProgress(state: StoredState, stored: string, snapshot: OrderSnapshot) {
  const {
    holdNo = 1,
    stock,
    holdExpiresAtMs,
    attempts,
    tickets,
    refunds = [],
    disputes,
    overpaid,
    failure,
  } = JSON.parse(stored) as StoredProgress;
  const eventId = snapshot.sections[0]?.inventoryId ?? '';
  return {
    state: state === 'reholding' ? ('securing' as const) : state,
    stock: stock ?? [{ inventoryId: eventId, state: stockWhen[state], holdNo }],
    holdExpiresAtMs,
    attempts: attempts.map((attempt) => ({ ...attempt, tender: attempt.tender ?? byCard(snapshot.totalMinor) })),
    tickets: tickets.map((ticket) => ({ ...ticket, eventId: ticket.eventId ?? eventId })),
    refunds,
    disputes,
    overpaid,
    failure,
  };
}

/** How far the one inventory was; the states that came later are not among old rows. */
const stockWhen: Readonly<Record<StoredState, StockProgress['state']>> = {
  placed: 'none',
  held: 'held',
  reserving: 'held',
  securing: 'held',
  reholding: 'none',
  firm: 'firm',
  authorised: 'firm',
  captured: 'firm',
  completed: 'confirmed',
  refusing: 'none',
  refused: 'released',
  releasing: 'firm',
  released: 'released',
  voiding: 'released',
  refunding: 'released',
  refunded: 'released',
};
