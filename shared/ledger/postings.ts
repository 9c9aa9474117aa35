import type { Currency } from '../money/money.ts';
import type { EpochMs } from '../time.ts';
import type { DeskMoneyEntry, LogEntry, Share } from '../trail/entries.ts';
import {
  businessAccount,
  cashAccount,
  disputesAccount,
  feesAccount,
  gatewayAccount,
  platformGiver,
  pointsAccount,
  pointsIssuedAccount,
  promotionAccount,
  receivableAccount,
  refundsPayableAccount,
  suspenseAccount,
  taxAccount,
  withheldAccount,
  type AccountId,
} from './accounts.ts';
import { transferFault, type Transfer, type Unit } from './transfer.ts';

type MoneyEntry = LogEntry<DeskMoneyEntry>;
type EntryOf<Kind extends DeskMoneyEntry['kind']> = Extract<MoneyEntry, { kind: Kind }>;

/** Causes of transfers that desks' logs ask for; all others are the ledger's own. */
export const streamCauses = [
  'money.captured',
  'money.returned',
  'order.earned',
  'refund.decided',
  'refund.disputed',
  'refund.paid',
  'dispute.opened',
  'dispute.won',
  'dispute.lost',
  'dispute.fee',
  'dispute.fee_returned',
  'money.overpaid',
] as const satisfies readonly (DeskMoneyEntry['kind'] | 'refund.disputed')[];

/** One side to the other, before it is known what caused it. Nothing moves where the amount is zero. */
type Leg = {
  readonly name: string;
  readonly debit: AccountId;
  readonly credit: AccountId;
  readonly amountMinor: number;
  readonly unit: Unit;
  readonly aboutId?: string | undefined;
};

/**
 * The transfers that an entry of a desk's log asks for: the only source of postings made after the fact. Their ids are made
 * from the entry, so that reading a log again asks for the very same ones. Throws for an entry that does not add up: it is
 * then set aside whole and told of, never posted in part.
 */
export function postingsOf(entry: MoneyEntry): Transfer[] {
  switch (entry.kind) {
    case 'money.captured':
      return transfers(entry, attemptBase(entry), [
        leg('captured', gatewayAccount(entry.gateway, entry.currency), suspenseAccount(entry.currency), entry),
      ]);
    case 'money.returned':
      // Money of a refund is posted when the refund is paid: this entry is what the gateway's own list is compared with.
      if (entry.refundId !== undefined) return [];
      return transfers(entry, attemptBase(entry), [
        leg('returned', suspenseAccount(entry.currency), gatewayAccount(entry.gateway, entry.currency), entry),
      ]);
    case 'order.earned':
      return transfers(entry, `${entry.orderId}/earned`, earnedLegs(entry));
    case 'refund.decided':
      return transfers({ ...entry, kind: decidedCause(entry) }, refundBase(entry), decidedLegs(entry));
    case 'refund.paid':
      return transfers(
        entry,
        `${refundBase(entry)}/paid${entry.legNo === undefined ? '' : `/${entry.legNo}`}`,
        paidLegs(entry),
      );
    case 'dispute.opened':
    case 'dispute.won':
    case 'dispute.lost':
      return transfers(entry, disputeBase(entry), [disputeLeg(entry), ...withheldLegs(entry)]);
    case 'dispute.fee':
    case 'dispute.fee_returned':
      return transfers(entry, `${disputeBase(entry)}/${entry.kind}/${entry.upToMinor}`, feeLegs(entry));
    case 'money.overpaid':
      return transfers(entry, `${entry.orderId}/overpaid/${entry.name}`, [overpaidLeg(entry)]);
  }
}

/** Attempts are named after their order; one that is not still gets an id of its own under it. */
function attemptBase({ orderId, attemptId }: { orderId: string; attemptId: string }): string {
  return attemptId.startsWith(`${orderId}/`) ? attemptId : `${orderId}/${attemptId}`;
}

/** A business sees apart what it gave back and what banks took back. */
function decidedCause({ cause, kind }: EntryOf<'refund.decided'>) {
  return cause === 'dispute' ? 'refund.disputed' : kind;
}

function refundBase({ orderId, refundId }: { orderId: string; refundId: string }): string {
  return `${orderId}/refunds/${refundId}`;
}

function earnedLegs({ shares, topUpMinor, tender, currency, customerId, orderId }: EntryOf<'order.earned'>): Leg[] {
  const paidMinor = tender.cardMinor + tender.walletMinor + tender.pointsMinor;
  addsUp(orderId, paidMinor, sumOf(shares) + topUpMinor);
  const from = suspenseAccount(currency);
  return [
    ...shareLegs(shares, currency, ({ account, giver }) => [giver ?? from, account]),
    leg('top_up', from, cashAccount(customerId, currency), { amountMinor: topUpMinor, currency }),
  ];
}

function decidedLegs({ shares, amountMinor: decidedMinor, currency, orderId }: EntryOf<'refund.decided'>): Leg[] {
  addsUp(orderId, decidedMinor, sumOf(shares));
  const to = refundsPayableAccount(currency);
  return shareLegs(shares, currency, ({ account, giver }) => [account, giver ?? to]);
}

function paidLegs({ to, amountMinor, points = 0, currency, customerId }: EntryOf<'refund.paid'>): Leg[] {
  const from = refundsPayableAccount(currency);
  switch (to) {
    case 'card':
      return [leg('card', from, gatewayAccount('stripe', currency), { amountMinor, currency })];
    case 'wallet':
      return [leg('wallet', from, cashAccount(customerId, currency), { amountMinor, currency })];
    case 'points':
      // The points come back, and with them goes what spending them had cost the platform.
      return [
        leg('points_value', from, promotionAccount(platformGiver, currency), { amountMinor, currency }),
        leg('points', pointsIssuedAccount, pointsAccount(customerId), { amountMinor: points, currency: 'PTS' }),
      ];
  }
}

/**
 * The gateway takes a disputed payment at once, and gives it back when the dispute is won. A lost one has paid the refund
 * that was decided with cause `dispute`: the sellers bear it by that decision, line by line.
 */
function disputeLeg(entry: EntryOf<'dispute.opened' | 'dispute.won' | 'dispute.lost'>): Leg {
  const { kind, currency } = entry;
  const [gateway, withheld] = [gatewayAccount(entry.gateway, currency), disputesAccount(currency)];
  if (kind === 'dispute.opened') return leg('opened', withheld, gateway, entry);
  if (kind === 'dispute.won') return leg('won', gateway, withheld, entry);
  return leg('lost', refundsPayableAccount(currency), withheld, entry);
}

function disputeBase({ orderId, disputeId }: { orderId: string; disputeId: string }): string {
  return `${orderId}/disputes/${disputeId}`;
}

/** While the bank asks, no payout takes what may have to go back; once it has decided, the refund or nothing does. */
function withheldLegs(entry: EntryOf<'dispute.opened' | 'dispute.won' | 'dispute.lost'>): Leg[] {
  const { kind, currency, parts = [] } = entry;
  return parts.map(({ businessId, amountMinor }, index) => {
    const [due, withheld] = [businessAccount(businessId, currency), withheldAccount(businessId, currency)];
    const [debit, credit] = kind === 'dispute.opened' ? [due, withheld] : [withheld, due];
    const name = `${kind === 'dispute.opened' ? 'withheld' : 'let_go'}/${index}`;
    return leg(name, debit, credit, { amountMinor, currency });
  });
}

/** Its sellers bear what the gateway charges for a dispute, whoever wins it; the platform what does not divide. */
function feeLegs(entry: EntryOf<'dispute.fee' | 'dispute.fee_returned'>): Leg[] {
  const { kind, amountMinor, currency, parts = [] } = entry;
  const gateway = gatewayAccount(entry.gateway, currency);
  const restMinor = amountMinor - parts.reduce((sum, part) => sum + part.amountMinor, 0);
  const bearers = [
    ...parts.map(({ businessId, inventoryId: aboutId, amountMinor: minor }) => {
      return { account: businessAccount(businessId, currency), aboutId, minor };
    }),
    { account: feesAccount(currency), minor: restMinor, aboutId: undefined },
  ];
  return bearers.map(({ account, minor, aboutId }, index) => {
    const [debit, credit] = kind === 'dispute.fee' ? [account, gateway] : [gateway, account];
    return { ...leg(`${index}`, debit, credit, { amountMinor: minor, currency }), aboutId };
  });
}

/** Who was paid twice owes it. What a bank took was decided on with the rest it took; a gateway's own refund never was. */
function overpaidLeg(entry: EntryOf<'money.overpaid'>): Leg {
  const { currency, customerId, cause, gateway } = entry;
  const paidBy = cause === 'dispute' ? refundsPayableAccount(currency) : gatewayAccount(gateway, currency);
  return leg('owed', receivableAccount(customerId, currency), paidBy, entry);
}

/** A part of a share: whose account gets it, and, where it is no money of the buyer's, who pays for it. */
type Part = {
  readonly name: string;
  readonly account: AccountId;
  readonly amountMinor: number;
  readonly giver?: AccountId;
};

function shareLegs(
  shares: readonly Share[],
  unit: Currency,
  sidesOf: (part: Part) => readonly [debit: AccountId, credit: AccountId],
): Leg[] {
  return shares.flatMap((share, index) =>
    partsOf(share, unit).map((part) => {
      const [debit, credit] = sidesOf(part);
      const { name, amountMinor } = part;
      return { name: `${index}/${name}`, debit, credit, amountMinor, unit, aboutId: share.inventoryId };
    }),
  );
}

/**
 * A seller's own discount is in its net already. What somebody else gave away (the platform, another business), the seller
 * is paid all the same, and the giver bears.
 */
function partsOf(share: Share, currency: Currency): Part[] {
  const { businessId, countryCode, netMinor, feeMinor, taxMinor, discounts } = share;
  const seller = businessAccount(businessId, currency);
  const gifts = discounts.map(({ businessId: giverId, amountMinor }, index) => ({
    name: `discount/${index}`,
    account: seller,
    amountMinor: giverId === businessId ? 0 : amountMinor,
    giver: promotionAccount(giverId, currency),
  }));
  return [
    { name: 'net', account: seller, amountMinor: netMinor },
    { name: 'fee', account: feesAccount(currency), amountMinor: feeMinor },
    { name: 'tax', account: taxAccount(countryCode, currency), amountMinor: taxMinor },
    ...gifts,
  ];
}

function sumOf(shares: readonly Share[]): number {
  return shares.reduce((sum, { netMinor, feeMinor, taxMinor }) => sum + netMinor + feeMinor + taxMinor, 0);
}

function addsUp(orderId: string, saidMinor: number, partsMinor: number): void {
  if (saidMinor !== partsMinor) throw new RangeError(`${orderId}: ${partsMinor} in parts is not ${saidMinor}`);
}

function leg(
  name: string,
  debit: AccountId,
  credit: AccountId,
  { amountMinor, currency }: { readonly amountMinor: number; readonly currency: Unit },
): Leg {
  return { name, debit, credit, amountMinor, unit: currency };
}

function transfers(
  entry: { readonly kind: string; readonly orderId: string; readonly atMs: EpochMs; readonly gatewayRef?: string },
  base: string,
  legs: readonly Leg[],
): Transfer[] {
  const { kind: cause, orderId, atMs, gatewayRef: reference } = entry;
  return legs
    .filter(({ amountMinor }) => amountMinor !== 0)
    .map(({ name, ...sides }) => {
      const transfer: Transfer = { transferId: `${base}/${name}`, ...sides, cause, orderId, reference, atMs };
      const fault = transferFault(transfer);
      if (fault !== undefined) throw new RangeError(`${transfer.transferId}: ${fault}`);
      return transfer;
    });
}
