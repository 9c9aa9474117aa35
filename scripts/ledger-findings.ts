import type { LocalServer } from '#scripts/local-server.ts';
import { localSetting } from '#scripts/local-settings.ts';
import type { LedgerCheck } from '#workers/operations/check-ledger.ts';
import { stripeBooks } from '#workers/payments/gateway-books.ts';

/** The local bank's books, by the same adapter that reads the real one's. */
export function localBooks({ url }: LocalServer) {
  const toBank: typeof fetch = (input, init) => {
    const { pathname, search } = new URL(new Request(input).url);
    return fetch(`${url}/local/bank/api${pathname}${search}`, init);
  };
  return stripeBooks({ secretKey: localSetting('STRIPE_SECRET_KEY'), fetch: toBank });
}

/** Where desks, ledger and gateway do not tell the same, a line each. */
export function* ledgerFindings({
  balances,
  leftOver,
  forgotten,
  drifted,
  differing,
  gateway,
}: LedgerCheck): Generator<string> {
  for (const { unit, isBalanced } of balances) if (!isBalanced) yield `UNBALANCED  ${unit}`;
  if (gateway === undefined) yield 'GATEWAY     did not answer';
  for (const { orderId, accountId, balanceMinor } of leftOver) {
    yield `LEFT OVER   ${orderId} has ended with ${balanceMinor} on ${accountId}`;
  }
  for (const { transferId, amountMinor, unit } of forgotten) yield `FORGOTTEN   ${transferId}: ${amountMinor} ${unit}`;
  for (const account of drifted) yield `DRIFTED     ${account} is not the sum of its transfers`;
  for (const { source, differences } of differing) {
    for (const { table, missing, surplus } of differences) {
      for (const row of missing) yield `MISSING     ${source}: ${table} lacks ${JSON.stringify(row)}`;
      for (const row of surplus) yield `SURPLUS     ${source}: ${table} invents ${JSON.stringify(row)}`;
    }
  }
  for (const { ref, kind, currency, oursMinor, theirsMinor } of gateway?.findings ?? []) {
    yield `GATEWAY     ${ref} ${kind}: we say ${oursMinor}, they say ${theirsMinor} ${currency}`;
  }
}
