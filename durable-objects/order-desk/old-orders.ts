import { byCard, type Attempt } from '#shared/orders/attempt.ts';
import type { EventCard, IssuedTicket, OrderSnapshot } from '#shared/orders/order.ts';
import type { Currency } from '#shared/money/money.ts';

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
        businessId: '',
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

export function readTickets(stored: readonly OldTicket[], snapshot: OrderSnapshot): IssuedTicket[] {
  const eventId = snapshot.sections[0]?.inventoryId ?? '';
  return stored.map((ticket) => ({ ...ticket, eventId: ticket.eventId ?? eventId }));
}

export function readAttempts(stored: readonly OldAttempt[], snapshot: OrderSnapshot): Attempt[] {
  return stored.map((attempt) => ({ ...attempt, tender: attempt.tender ?? byCard(snapshot.totalMinor) }));
}
