import { balancesOf, statementOf, type CustomerBalances, type StatementLine } from '#d1/queries/ledger.ts';
import { accountOf, cashAccount, pointsAccount, type AccountId } from '#shared/ledger/accounts.ts';
import type { Unit } from '#shared/ledger/transfer.ts';
import { orderReference } from '#shared/ids.ts';
import { pathTo } from '#workers/routes.ts';
import type { Services } from '#workers/services.ts';
import { csvOf } from './csv.ts';

export type StatementView = {
  readonly balances: CustomerBalances;
  /** Which of the customer's accounts is shown: its unit. */
  readonly unit: Unit;
  readonly lines: readonly StatementEntry[];
  readonly olderBefore: number | undefined;
};

export type StatementEntry = Pick<StatementLine, 'atMs' | 'cause' | 'changeMinor' | 'balanceMinor'> & {
  readonly order: { readonly url: string; readonly reference: string; readonly documentsUrl: string } | undefined;
};

export type HeldBalance = { readonly unit: Unit; readonly minor: number };

/** What a customer has, without the accounts that are empty. */
export async function heldBalances(
  { db }: Pick<Services, 'db'>,
  customerId: string | undefined,
): Promise<HeldBalance[]> {
  if (customerId === undefined) return [];
  const { cash, points } = await balancesOf(db, customerId);
  const all = [
    ...cash.map(({ currency: unit, balanceMinor: minor }) => ({ unit, minor })),
    { unit: 'PTS', minor: points.balance } as const,
  ];
  return all.filter(({ minor }) => minor > 0);
}

const pageLines = 30;
export const statementExportMax = 5_000;

/** One of a customer's accounts, a page of it, newest first. Undefined customers have no address yet, and nothing. */
export async function statementView(
  { db }: Pick<Services, 'db'>,
  customerId: string | undefined,
  asked: Unit | undefined,
  beforeSeq: number | undefined,
): Promise<StatementView> {
  const balances = await balancesOf(db, customerId ?? '');
  const unit = asked ?? balances.cash[0]?.currency ?? 'PTS';
  if (customerId === undefined) return { balances, unit, lines: [], olderBefore: undefined };
  // One more than is shown: whether there is another page.
  const found = await statementOf(db, accountIdOf(customerId, unit), { beforeSeq, limit: pageLines + 1 });
  const shown = found.slice(0, pageLines);
  return {
    balances,
    unit,
    lines: shown.map(entryOf),
    olderBefore: found.length > pageLines ? shown.at(-1)?.seq : undefined,
  };
}

/** The same account as CSV, amounts in minor units and whole points, so that nothing is rounded on its way. */
export async function statementCsv(
  { db }: Pick<Services, 'db'>,
  customerId: string | undefined,
  unit: Unit,
): Promise<string> {
  const head = ['at', 'what', 'order', 'change', 'balance', 'unit'];
  if (customerId === undefined) return csvOf([head]);
  const lines = await statementOf(db, accountIdOf(customerId, unit), { limit: statementExportMax });
  return csvOf([
    head,
    ...lines.map(({ atMs, cause, orderId, changeMinor, balanceMinor }) => [
      new Date(atMs).toISOString(),
      cause,
      orderId ?? '',
      changeMinor,
      balanceMinor,
      unit,
    ]),
  ]);
}

/** Every account a customer has, with what moved on it: for the copy of their data. */
export async function wholeStatement({ db }: Pick<Services, 'db'>, customerId: string) {
  if (customerId === '') return [];
  const { cash, points } = await balancesOf(db, customerId);
  const held = [
    ...cash.map(({ currency, balanceMinor }) => [currency, balanceMinor] as const),
    ['PTS', points.balance] as const,
  ];
  return Promise.all(
    held.map(async ([unit, balanceMinor]) => {
      const lines = await statementOf(db, accountIdOf(customerId, unit), { limit: statementExportMax });
      return { unit, balanceMinor, lines: lines.map(({ seq: _place, phase: _phase, ...line }) => line) };
    }),
  );
}

function accountIdOf(customerId: string, unit: Unit): AccountId {
  const id = unit === 'PTS' ? pointsAccount(customerId) : cashAccount(customerId, unit);
  if (accountOf(id) === undefined) throw new RangeError('Not a customer’s id');
  return id;
}

function entryOf({ atMs, cause, orderId, changeMinor, balanceMinor }: StatementLine): StatementEntry {
  return { atMs, cause, changeMinor, balanceMinor, order: orderId === null ? undefined : orderLinks(orderId) };
}

function orderLinks(orderId: string): NonNullable<StatementEntry['order']> {
  const [url, documentsUrl] = [pathTo('order', { orderId }), pathTo('orderDocuments', { orderId })];
  return { url, documentsUrl, reference: orderReference(orderId) };
}
