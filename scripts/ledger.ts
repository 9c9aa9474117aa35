// npm run ledger [-- --json]: the trial balance, and whether desks, ledger and gateway tell the same (I3, I4).
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildWorker, ExpectedFailure } from '#scripts/build-worker.ts';
import { localReader } from '#scripts/local-reader.ts';
import { applyMigrations, startLocalServer, type LocalServer } from '#scripts/local-server.ts';
import { localSetting } from '#scripts/local-settings.ts';
import type { Unit } from '#shared/ledger/transfer.ts';
import { checkLedger, type LedgerCheck } from '#workers/operations/check-ledger.ts';
import { stripeBooks } from '#workers/payments/gateway-books.ts';
import { sumText } from '#workers/ui/messages/prices.ts';

const root = join(import.meta.dirname, '..');

/** The local bank's books, by the same adapter that reads the real one's. */
function localBooks({ url }: LocalServer) {
  const toBank: typeof fetch = (input, init) => {
    const { pathname, search } = new URL(new Request(input).url);
    return fetch(`${url}/local/bank/api${pathname}${search}`, init);
  };
  return stripeBooks({ secretKey: localSetting('STRIPE_SECRET_KEY'), fetch: toBank });
}

const widths = { account: 44, sum: 18 };

function* report(check: LedgerCheck): Generator<string> {
  for (const { unit, lines, debitMinor, creditMinor, isBalanced } of check.balances) {
    const row = (name: string, debit: number, credit: number) =>
      name.padEnd(widths.account) + cell(debit, unit) + cell(credit, unit);
    yield `${unit}${''.padEnd(widths.account - unit.length)}${'debit'.padStart(widths.sum)}${'credit'.padStart(widths.sum)}`;
    for (const line of lines) yield row(`  ${line.account}`, line.debitMinor, line.creditMinor);
    yield row(isBalanced ? '  balanced' : '  DOES NOT BALANCE', debitMinor, creditMinor);
    yield '';
  }
  for (const { currency, capturedMinor, returnedMinor } of check.desks) {
    const [taken, back] = [capturedMinor, returnedMinor].map((minor) => sumText(minor, currency as Unit));
    yield `Desks say: ${taken} captured, ${back} returned.`;
  }
  yield check.gateway === undefined
    ? 'The gateway did not answer.'
    : `The gateway lists ${check.gateway.compared} movements.`;
  yield '';
  yield* findings(check);
}

function cell(minor: number, unit: Unit): string {
  return (minor === 0 ? '' : sumText(minor, unit)).padStart(widths.sum);
}

function* findings({ leftOver, forgotten, drifted, differing, gateway, isWhole }: LedgerCheck): Generator<string> {
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
  yield isWhole ? 'Desks, ledger and gateway agree.' : 'They do NOT agree.';
}

async function run(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
  await buildWorker('local');
  const server = await startLocalServer({ dataDir: join(root, '.data/local') });
  try {
    await applyMigrations(server.mf, join(root, 'd1/migrations'));
    const check = await checkLedger(await localReader(server), localBooks(server));
    console.log(values.json ? JSON.stringify(check) : [...report(check)].join('\n'));
    if (!check.isWhole) process.exitCode = 1;
  } finally {
    await server.stop();
  }
}

try {
  await run();
} catch (error) {
  console.error(error instanceof ExpectedFailure ? error.message : error);
  process.exitCode = 1;
}
