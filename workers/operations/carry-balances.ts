import { balancesOf } from '#d1/queries/ledger.ts';
import { moveBalances } from '#d1/queries/ledger-grants.ts';
import type { Statement } from './log-sources.ts';
import type { Unit } from '#shared/ledger/transfer.ts';
import type { Services } from '#workers/services.ts';

/**
 * Statements that take a person's money and points along from one pseudonym to another. A pseudonym is made of an address,
 * and an address gets another owner: what is left under it would be theirs. How much there is, the batch itself finds out;
 * what is set aside for an order under way stays where that order looks for it.
 */
export async function carryBalances(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  { from, to, personId }: { from: string; to: string; personId: string },
): Promise<Statement[]> {
  if (from === to || from === '') return [];
  const { cash, points } = await balancesOf(db, from);
  const units: Unit[] = [...cash.map(({ currency }) => currency), ...(points.balance > 0 ? ['PTS' as const] : [])];
  const atMs = clock();
  return moveBalances(db, { id: `${personId}.${atMs}`, from, to, atMs }, units);
}
