import type { Role } from '../access/permissions.ts';
import type { DocumentFigures } from '../documents/document.ts';
import type { Outcome, OverrideCause, Reason } from '../admission/verdict.ts';
import type { IncidentClosing, IncidentKind, IncidentScan } from '../gate/incidents.ts';
import type { StockId } from '../inventory/stock.ts';
import type { Currency } from '../money/money.ts';
import type { Tender } from '../orders/attempt.ts';
import type { OrderState } from '../orders/order.ts';
import type { RefundCause } from '../orders/refund.ts';
import type { QuotedLine } from '../pricing/quote.ts';
import type { TicketStatus } from '../tickets/status.ts';
import type { EpochMs } from '../time.ts';

/**
 * What the objects' logs say. One log is both the trail (what happened, who, where, when) and the outbox (what read
 * models are built from). People appear as pseudonymous ids only, so that erasing a person never edits a log.
 */
export type LogEntry<Body> = { readonly seq: number; readonly atMs: EpochMs } & Body;

/** Who stood where, with what. `deviceAtMs` is the device's own clock: kept to judge it by, never believed. */
export type ScanContext = {
  readonly gateId: string;
  readonly deviceId: string;
  readonly staffId: string;
  readonly location?: { readonly latitude: number; readonly longitude: number };
  readonly deviceAtMs?: EpochMs;
};

/** How a ticket was presented: its code, its number typed, or looked up by somebody who may. */
export type Presentation = 'code' | 'typed' | 'lookup';

export type InventoryEntry =
  | { readonly kind: 'rules.applied'; readonly version: number; readonly hash: string }
  | { readonly kind: 'hold.made' | 'hold.released' | 'hold.expired'; readonly holdId: string; readonly orderId: string }
  | {
      readonly kind: 'ticket.issued';
      readonly ticketId: string;
      readonly orderId: string;
      readonly typeId: string;
      /** As it read when the ticket was made: a wallet's list needs no rules document. */
      readonly typeName: string;
      readonly customerId: string;
    }
  | {
      readonly kind: 'ticket.moved';
      readonly ticketId: string;
      readonly status: TicketStatus;
      readonly generation: number;
      readonly cause: string;
      /** Of a refund: who had been given it, where that is not its buyer. They have no order to hear of it by. */
      readonly givenTo?: string;
    }
  /** A holder offered a ticket. `customerId` is the holder; `forCustomerId`, whose address the link was sent to. */
  | {
      readonly kind: 'transfer.offered';
      readonly transferId: string;
      readonly ticketId: string;
      readonly customerId: string;
      readonly forCustomerId?: string;
      readonly endsAtMs: EpochMs;
    }
  | {
      readonly kind: 'transfer.declined' | 'transfer.withdrawn' | 'transfer.voided';
      readonly transferId: string;
      readonly ticketId: string;
      readonly customerId: string;
    }
  /** An offer was accepted: the ticket is somebody else's, and its earlier codes are void. */
  | {
      readonly kind: 'ticket.transferred';
      readonly ticketId: string;
      /** The offer's id. */
      readonly transferId: string;
      readonly fromCustomerId: string;
      /** Whose it is now. */
      readonly customerId: string;
      readonly status: TicketStatus;
      readonly generation: number;
    }
  /** Its earlier codes are void; it is still the same person's. */
  | {
      readonly kind: 'ticket.reissued';
      readonly ticketId: string;
      readonly reissueId: string;
      readonly customerId: string;
      readonly status: TicketStatus;
      readonly generation: number;
      readonly cause: 'holder' | 'support';
      /** Of the organiser's people, where one of them did it. */
      readonly staffId?: string;
    }
  | ({
      readonly kind: 'scan';
      readonly scanId: string;
      readonly method: Presentation;
      /** Absent in entries from before exits were scanned: in. */
      readonly direction?: 'in' | 'out';
      readonly outcome: Outcome;
      readonly reason: Reason;
      readonly identity?: 'name' | 'document';
      /** What the rules said, and why somebody decided against them. */
      readonly overrides?: Reason;
      readonly cause?: OverrideCause;
      /** Zones entered or left. */
      readonly zones?: readonly string[];
      readonly ticketId?: string;
      readonly customerId?: string;
      readonly status?: TicketStatus;
      readonly entries?: number;
    } & ScanContext)
  | ({
      readonly kind: 'scan.undone';
      readonly scanId: string;
      readonly ticketId: string;
      readonly customerId: string;
      readonly status: TicketStatus;
      readonly entries: number;
    } & ScanContext)
  /** What a scanner decided by itself and told later. `atMs` is when it was told, `scannedAtMs` when it was, by the event's clock. */
  | ({
      readonly kind: 'scan.merged';
      readonly what: 'scan' | 'undo' | 'late_answer';
      readonly scanId: string;
      readonly scannedAtMs: EpochMs;
      /** Whether it changed what a ticket has used. */
      readonly isCounted: boolean;
      readonly because?: 'offline' | 'deadline';
      readonly method?: 'code' | 'typed' | 'looked_up' | 'unreadable';
      readonly direction?: 'in' | 'out';
      readonly outcome?: Outcome;
      readonly reason?: Reason;
      readonly cause?: OverrideCause;
      /** The scan an undo or a late answer is about. */
      readonly about?: string;
      readonly zones?: readonly string[];
      readonly ticketId?: string;
      readonly customerId?: string;
      readonly status?: TicketStatus;
      readonly entries?: number;
    } & ScanContext)
  | {
      readonly kind: 'incident.opened';
      readonly incidentId: string;
      readonly what: IncidentKind;
      readonly scans: readonly IncidentScan[];
      readonly deviceId?: string;
      readonly ticketId?: string;
      readonly customerId?: string;
    }
  /** What was said is not here: it may be about somebody. */
  | { readonly kind: 'stewards.told'; readonly announcementId: string; readonly staffId: string }
  | {
      readonly kind: 'incident.closed';
      readonly incidentId: string;
      /** Without a person: it turned out to be none. */
      readonly closing: IncidentClosing | 'arrived' | 'taken_back';
      readonly staffId?: string;
    }
  /** Refused before anything was looked at: an unknown gate, a locked device. */
  | ({ readonly kind: 'scan.rejected'; readonly scanId: string; readonly code: string } & ScanContext)
  | ({
      readonly kind: 'benefit';
      readonly redemptionId: string;
      readonly method: Presentation;
      readonly benefitId: string;
      readonly quantity: number;
      readonly outcome: Outcome;
      readonly reason: Reason;
      readonly ticketId?: string;
      readonly customerId?: string;
    } & ScanContext)
  | { readonly kind: 'gates.opened' | 'gates.closed'; readonly cause: string; readonly staffId: string }
  | {
      readonly kind: 'waitlist.joined' | 'waitlist.offered';
      readonly entryId: string;
      readonly customerId: string;
      readonly typeId: string;
      readonly quantity: number;
      /** Of an offer. */
      readonly endsAtMs?: EpochMs;
    }
  | {
      readonly kind: 'waitlist.taken' | 'waitlist.lapsed' | 'waitlist.left';
      readonly entryId: string;
      readonly customerId: string;
    }
  | {
      readonly kind: 'device.enrolled';
      readonly deviceId: string;
      readonly gateId: string;
      readonly role: Role;
      /** Who let it in. */
      readonly staffId: string;
      readonly endsAtMs: EpochMs;
    }
  /** The event has a new issuer key; after a leak its earlier ones are worth nothing any more. */
  | {
      readonly kind: 'key.rotated';
      readonly keyId: number;
      readonly cause: 'routine' | 'leak';
      readonly staffId: string;
    }
  | { readonly kind: 'device.revoked' | 'device.shift'; readonly deviceId: string; readonly staffId: string }
  /** Counters as they stood after the entries before it: read models take the last, and need no sums. */
  | {
      readonly kind: 'stock.stands';
      readonly stocks: readonly { stockId: StockId; capacity: number; held: number; sold: number }[];
    };

export type DeskEntry = OrderMoved | DeskMoneyEntry;

export type OrderMoved = {
  readonly kind: 'order.moved';
  readonly orderId: string;
  readonly state: OrderState;
  /** What it is for; with none it buys products only, or tops up a wallet. */
  readonly events: readonly { readonly eventId: string; readonly quantity: number }[];
  /** In entries from before an order could be for several events: its one. */
  readonly eventId?: string;
  /** With the order's first entry only: they never change. */
  readonly lines?: readonly LoggedLine[] | undefined;
  readonly customerId: string;
  readonly currency: string;
  readonly totalMinor: number;
  readonly quantity: number;
  /** What the gateway holds of it for us now. */
  readonly capturedMinor: number;
  readonly via?: string | undefined;
  readonly ticketIds: readonly string[];
  readonly failureCode?: string | undefined;
};

export type LoggedLine = {
  readonly lineId: string;
  /** Empty unless it is an event's. */
  readonly eventId: string;
  readonly businessId: string;
  readonly kind: QuotedLine['kind'];
  readonly itemId: string;
  readonly name: string;
  readonly quantity: number;
  readonly totalMinor: number;
};

/** What one business and one country's tax get of an order, or give back of it. */
export type Share = {
  readonly businessId: string;
  /** The event or shop it was sold by: what earnings are listed by. */
  readonly inventoryId?: string;
  readonly countryCode: string;
  /** Price less discounts, without tax. */
  readonly netMinor: number;
  /** Booking fee, without its tax. */
  readonly feeMinor: number;
  readonly taxMinor: number;
  readonly discounts: readonly { readonly businessId: string; readonly amountMinor: number }[];
};

type OfOrder = { readonly orderId: string; readonly customerId: string; readonly currency: Currency };
type AtGateway = OfOrder & {
  readonly attemptId: string;
  readonly gateway: 'stripe';
  /** The gateway's name for the payment. */
  readonly gatewayRef: string;
  readonly amountMinor: number;
};

/** The only source of postings made after the fact. Each is written once, in the transaction of the move it tells of. */
export type DeskMoneyEntry =
  /** Of any attempt, surplus ones too. */
  | ({ readonly kind: 'money.captured' } & AtGateway)
  /** Without a refund: the whole of an attempt that got no tickets. */
  | ({ readonly kind: 'money.returned'; readonly refundId?: string } & AtGateway)
  /** Once, when it is completed. */
  | ({
      readonly kind: 'order.earned';
      readonly shares: readonly Share[];
      readonly topUpMinor: number;
      readonly tender: Tender;
      /** What its sellers write about it; absent in entries from before they did. */
      readonly documents?: readonly DocumentFigures[];
    } & OfOrder)
  /** Its tickets are revoked by then. */
  | ({
      readonly kind: 'refund.decided';
      readonly refundId: string;
      readonly shares: readonly Share[];
      readonly amountMinor: number;
      readonly cause: RefundCause;
      readonly lines?: readonly { readonly lineId: string; readonly amountMinor: number }[];
      readonly documents?: readonly DocumentFigures[];
    } & OfOrder)
  | ({
      readonly kind: 'refund.paid';
      readonly refundId: string;
      readonly to: 'card' | 'wallet' | 'points';
      readonly amountMinor: number;
      readonly points?: number;
      /** Which of the refund's ways back, where it is not the first: two of them may go to the wallet. */
      readonly legNo?: number;
    } & OfOrder)
  | ({
      readonly kind: 'dispute.opened';
      readonly reason?: string;
      readonly answerByMs?: EpochMs | undefined;
    } & OfDispute)
  | ({ readonly kind: 'dispute.won' | 'dispute.lost' } & OfDispute)
  /** What the gateway charged for being asked, or gave back of that; `upToMinor` is all of it so far. */
  | ({ readonly kind: 'dispute.fee' | 'dispute.fee_returned'; readonly upToMinor: number } & OfDispute)
  /** The card has got more than there was to give back. */
  | ({
      readonly kind: 'money.overpaid';
      readonly name: string;
      readonly cause: 'gateway_dashboard' | 'dispute';
      readonly gateway: 'stripe';
      readonly amountMinor: number;
    } & OfOrder);

/** One seller's part of an amount. */
export type SellerPart = {
  readonly businessId: string;
  /** The event or shop it is of. */
  readonly inventoryId: string;
  readonly amountMinor: number;
};

type OfDispute = OfOrder & {
  readonly disputeId: string;
  readonly gateway: 'stripe';
  readonly amountMinor: number;
  /** What each seller goes without while the bank asks, or is charged. */
  readonly parts?: readonly SellerPart[];
};
