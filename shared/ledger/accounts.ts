import { currencies, type Currency } from '../money/money.ts';
import type { Unit } from './transfer.ts';

/**
 * Accounts of the ledger. An id says all there is to know of one (what it is, whose, in what unit), so that accounts are
 * opened by the first transfer that names them, and no list of them can disagree with the transfers.
 */
export type AccountId =
  /** Money a card gateway holds for us. */
  | `gateway/${string}/${Currency}`
  /** Paid, and not yet either earned or given back: zero for every order at rest (I3). */
  | `suspense/orders/${Currency}`
  /** Due to a business. */
  | `business/${string}/${Currency}`
  | `fees/platform/${Currency}`
  /** Tax collected, by the country it is owed to. */
  | `tax/${string}/${Currency}`
  /** What promotions cost their giver: a business, or the platform. */
  | `promotion/${string}/${Currency}`
  | `customer/${string}/cash/${Currency}`
  | `customer/${string}/points`
  /** The other side of every point there is. */
  | 'points/issued'
  /** Decided to be given back and not yet on its way: zero for every order at rest. */
  | `refunds/payable/${Currency}`
  /** What a customer owes after more was clawed back than was there. */
  | `receivable/${string}/${Unit}`
  /** Withheld by gateways while a payment is disputed. */
  | `disputes/${Currency}`
  /** Of what is due to a business: in dispute, and paid out by nobody meanwhile. */
  | `withheld/${string}/${Currency}`
  | `bank/platform/${Currency}`;

export const accountKinds = [
  'gateway',
  'suspense',
  'business',
  'fees',
  'tax',
  'promotion',
  'cash',
  'points',
  'points_issued',
  'refunds_payable',
  'receivable',
  'disputes',
  'withheld',
  'bank',
] as const;
export type AccountKind = (typeof accountKinds)[number];

export type Account = {
  readonly id: AccountId;
  readonly kind: AccountKind;
  /** The business, customer, country or gateway it is about; empty where there is but one. */
  readonly ownerId: string;
  readonly unit: Unit;
  /** The side on which its balance is positive. */
  readonly normalSide: 'debit' | 'credit';
  /** Nobody spends what they have not got, and nobody pays off more than they owe. */
  readonly isNeverNegative: boolean;
  /** Its balance belongs to orders one by one, each of which comes back to zero. */
  readonly isClearing: boolean;
};

type Nature = Pick<Account, 'normalSide' | 'isNeverNegative' | 'isClearing'>;

const natureOf = (
  normalSide: Account['normalSide'],
  { isNeverNegative = false, isClearing = false }: Partial<Nature> = {},
): Nature => ({ normalSide, isNeverNegative, isClearing });

const natures: Readonly<Record<AccountKind, Nature>> = {
  gateway: natureOf('debit'),
  suspense: natureOf('credit', { isClearing: true }),
  // Below zero after a refund of what was paid out already: the next earnings make up for it.
  business: natureOf('credit'),
  fees: natureOf('credit'),
  tax: natureOf('credit'),
  promotion: natureOf('debit'),
  cash: natureOf('credit', { isNeverNegative: true }),
  points: natureOf('credit', { isNeverNegative: true }),
  points_issued: natureOf('debit'),
  refunds_payable: natureOf('credit', { isClearing: true }),
  receivable: natureOf('debit', { isNeverNegative: true }),
  disputes: natureOf('debit', { isClearing: true }),
  withheld: natureOf('credit'),
  bank: natureOf('debit'),
};

const owner = '([\\w-]{1,64})';
const currency = `(${currencies.join('|')})`;

/** What is captured: the owner, empty where there is but one, and the unit, left out where it is points. */
const shapes: readonly (readonly [AccountKind, RegExp])[] = [
  ['gateway', new RegExp(`^gateway/${owner}/${currency}$`)],
  ['suspense', new RegExp(`^suspense/()orders/${currency}$`)],
  ['business', new RegExp(`^business/${owner}/${currency}$`)],
  ['fees', new RegExp(`^fees/()platform/${currency}$`)],
  ['tax', new RegExp(`^tax/${owner}/${currency}$`)],
  ['promotion', new RegExp(`^promotion/${owner}/${currency}$`)],
  ['cash', new RegExp(`^customer/${owner}/cash/${currency}$`)],
  ['points', new RegExp(`^customer/${owner}/points$`)],
  ['points_issued', /^points\/issued$/],
  ['refunds_payable', new RegExp(`^refunds/()payable/${currency}$`)],
  ['receivable', new RegExp(`^receivable/${owner}/(${currencies.join('|')}|PTS)$`)],
  ['disputes', new RegExp(`^disputes/()${currency}$`)],
  ['withheld', new RegExp(`^withheld/${owner}/${currency}$`)],
  ['bank', new RegExp(`^bank/()platform/${currency}$`)],
];

/** The account an id names; undefined when it names none. */
export function accountOf(id: string): Account | undefined {
  for (const [kind, shape] of shapes) {
    const match = shape.exec(id);
    if (match === null) continue;
    const [, ownerId = '', unit = 'PTS'] = match;
    return { id: id as AccountId, kind, ownerId, unit: unit as Unit, ...natures[kind] };
  }
  return undefined;
}

export const gatewayAccount = (gateway: string, unit: Currency): AccountId => `gateway/${gateway}/${unit}`;
export const suspenseAccount = (unit: Currency): AccountId => `suspense/orders/${unit}`;
export const businessAccount = (businessId: string, unit: Currency): AccountId => `business/${businessId}/${unit}`;
export const feesAccount = (unit: Currency): AccountId => `fees/platform/${unit}`;
export const taxAccount = (countryCode: string, unit: Currency): AccountId => `tax/${countryCode}/${unit}`;
export const promotionAccount = (giver: string, unit: Currency): AccountId => `promotion/${giver}/${unit}`;
export const cashAccount = (customerId: string, unit: Currency): AccountId => `customer/${customerId}/cash/${unit}`;
export const pointsAccount = (customerId: string): AccountId => `customer/${customerId}/points`;
export const pointsIssuedAccount: AccountId = 'points/issued';
export const refundsPayableAccount = (unit: Currency): AccountId => `refunds/payable/${unit}`;
export const receivableAccount = (customerId: string, unit: Unit): AccountId => `receivable/${customerId}/${unit}`;
export const disputesAccount = (unit: Currency): AccountId => `disputes/${unit}`;
export const withheldAccount = (businessId: string, unit: Currency): AccountId => `withheld/${businessId}/${unit}`;
export const bankAccount = (unit: Currency): AccountId => `bank/platform/${unit}`;

/** The giver of promotions that no business pays for. */
export const platformGiver = 'platform';
