import type { Account } from './accounts.ts';
import type { Unit } from './transfer.ts';

/** What an account's transfers sum to. Pending amounts are not posted yet: they only lower what is available. */
export type Sums = {
  readonly debitsPosted: number;
  readonly creditsPosted: number;
  readonly debitsPending: number;
  readonly creditsPending: number;
};

export const noSums: Sums = { debitsPosted: 0, creditsPosted: 0, debitsPending: 0, creditsPending: 0 };

/** On the account's own side: positive is what it is for, whether that is money had or money owed. */
export function balanceOf(side: Account['normalSide'], { debitsPosted, creditsPosted }: Sums): number {
  return side === 'debit' ? debitsPosted - creditsPosted : creditsPosted - debitsPosted;
}

/** What of it may still be taken: what others have set aside is gone already. */
export function availableOf(side: Account['normalSide'], sums: Sums): number {
  return balanceOf(side, sums) - (side === 'debit' ? sums.creditsPending : sums.debitsPending);
}

/** An account, or all accounts of a kind together, in one column or the other. */
export type TrialLine = {
  readonly account: string;
  readonly unit: Unit;
  readonly debitMinor: number;
  readonly creditMinor: number;
};

export type TrialBalance = {
  readonly unit: Unit;
  readonly lines: readonly TrialLine[];
  readonly debitMinor: number;
  readonly creditMinor: number;
  /** Each transfer is one row for both sides, so anything but balance means that a row was lost or forged. */
  readonly isBalanced: boolean;
};

/** A line in the column its balance falls into. */
export function trialLine(
  account: string,
  unit: Unit,
  { debitsPosted, creditsPosted }: Pick<Sums, 'debitsPosted' | 'creditsPosted'>,
): TrialLine {
  const overMinor = debitsPosted - creditsPosted;
  return { account, unit, debitMinor: Math.max(overMinor, 0), creditMinor: Math.max(-overMinor, 0) };
}

/** By unit, in the order units first appear: sums of different units mean nothing. */
export function trialBalances(lines: readonly TrialLine[]): TrialBalance[] {
  return [...Map.groupBy(lines, ({ unit }) => unit)].map(([unit, ofUnit]) => {
    const debitMinor = ofUnit.reduce((sum, line) => sum + line.debitMinor, 0);
    const creditMinor = ofUnit.reduce((sum, line) => sum + line.creditMinor, 0);
    return { unit, lines: ofUnit, debitMinor, creditMinor, isBalanced: debitMinor === creditMinor };
  });
}
