import { duesOf, eventTitles, talliesOf, type Due, type Tally } from '#d1/queries/ledger-earnings.ts';
import { listPayouts } from '#d1/queries/payouts.ts';
import { businessesWhere, may } from '#shared/access/permissions.ts';
import type { Currency } from '#shared/money/money.ts';
import type { Decider } from '#d1/queries/team.ts';
import type { Services } from '#workers/services.ts';
import { audit } from './audit.ts';
import { csvOf } from './csv.ts';

/** What an event, or a business's shop, brought in one currency. */
export type EarningsLine = {
  /** An event's id, or the business's own for its shop. */
  readonly aboutId: string;
  /** Undefined for the shop. */
  readonly title: string | undefined;
  readonly currency: Currency;
  /** What buyers paid, fees and tax with it, and what others' promotions paid for them. */
  readonly paidMinor: number;
  /** Of it, the platform's and the country's, less what went back of them. */
  readonly feesMinor: number;
  readonly taxMinor: number;
  readonly refundsMinor: number;
  /** Lost ones, and what the gateway charged for any. */
  readonly disputesMinor: number;
  /** What is left for the business. */
  readonly earnedMinor: number;
};

export type PayoutLine = Awaited<ReturnType<typeof listPayouts>>[number];

export type EarningsView = {
  readonly business: { readonly id: string; readonly name: string };
  readonly dues: readonly Due[];
  readonly lines: readonly EarningsLine[];
  readonly payouts: readonly PayoutLine[];
};

export const listedPayouts = 50;

/** Businesses whose money somebody may see, with what is due to each. */
export async function moneyOf({ db }: Pick<Services, 'db'>, viewer: Decider): Promise<Due[]> {
  const { everywhere, businessIds } = businessesWhere(viewer.memberships, 'finance.read');
  return duesOf(db, everywhere ? undefined : businessIds);
}

/** Undefined when it is not theirs to see: whether there is such a business they are not told. */
export async function earningsOf(
  { db }: Pick<Services, 'db'>,
  viewer: Decider,
  business: { readonly id: string; readonly name: string },
): Promise<EarningsView | undefined> {
  if (!may(viewer.memberships, 'finance.read', business.id)) return undefined;
  const [tallies, titles, dues, payouts] = await Promise.all([
    talliesOf(db, business.id),
    eventTitles(db, business.id),
    duesOf(db, [business.id]),
    listPayouts(db, business.id, listedPayouts),
  ]);
  return { business, dues, lines: linesOf(tallies, titles), payouts };
}

/** First the entry, then the file: what left without a trace could not be called back. */
export async function exportEarnings(services: Services, viewer: Decider, earnings: EarningsView): Promise<string> {
  const { id: businessId } = earnings.business;
  await audit(services, { action: 'earnings.exported', actorId: viewer.personId, businessId, subjectId: businessId });
  const head = ['about', 'title', 'currency', 'paid', 'fees', 'tax', 'refunds', 'disputes', 'earned'];
  const lines = earnings.lines.map((line) => [
    line.aboutId,
    line.title ?? '',
    line.currency,
    line.paidMinor,
    line.feesMinor,
    line.taxMinor,
    line.refundsMinor,
    line.disputesMinor,
    line.earnedMinor,
  ]);
  return csvOf([head, ...lines]);
}

function linesOf(tallies: readonly Tally[], titles: ReadonlyMap<string, string>): EarningsLine[] {
  const groups = Map.groupBy(tallies, ({ aboutId, unit }) => `${aboutId} ${unit}`);
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      return first === undefined ? [] : [lineOf(first, group, titles.get(first.aboutId))];
    })
    .toSorted((one, other) => other.paidMinor - one.paidMinor);
}

/** Refunds are told whole, with the fees and tax that went back in them: paid less refunds and disputes is fees, tax and earned. */
function lineOf({ aboutId, unit }: Tally, group: readonly Tally[], title: string | undefined): EarningsLine {
  const sum = (of: (tally: Tally) => boolean) =>
    group.filter(of).reduce((total, { creditsMinor, debitsMinor }) => total + creditsMinor - debitsMinor, 0);
  const earned = (kind: Tally['kind']) => sum((tally) => tally.kind === kind && tally.cause === 'order.earned');
  const [feesMinor, taxMinor] = [earned('fees'), earned('tax')];
  const backWith = (cause: string) => 0 - sum((tally) => tally.cause === cause);
  return {
    aboutId,
    title,
    currency: unit,
    paidMinor: earned('business') + feesMinor + taxMinor,
    feesMinor: sum(({ kind }) => kind === 'fees'),
    taxMinor: sum(({ kind }) => kind === 'tax'),
    refundsMinor: backWith('refund.decided'),
    disputesMinor: backWith('refund.disputed') + backWith('dispute.fee') + backWith('dispute.fee_returned'),
    earnedMinor: sum(({ kind }) => kind === 'business'),
  };
}
