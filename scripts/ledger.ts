// npm run ledger [-- --json]: the trial balance, and whether desks, ledger and gateway tell the same (I3, I4).
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildWorker, ExpectedFailure } from '#scripts/build-worker.ts';
import { localReader } from '#scripts/local-reader.ts';
import { applyMigrations, startLocalServer } from '#scripts/local-server.ts';
import { ledgerFindings, localBooks } from '#scripts/ledger-findings.ts';
import type { Unit } from '#shared/ledger/transfer.ts';
import { checkLedger, type LedgerCheck } from '#workers/operations/check-ledger.ts';
import { sumText } from '#workers/ui/messages/prices.ts';

const root = join(import.meta.dirname, '..');

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
  yield* ledgerFindings(check);
  yield check.isWhole ? 'Desks, ledger and gateway agree.' : 'They do NOT agree.';
}

function cell(minor: number, unit: Unit): string {
  return (minor === 0 ? '' : sumText(minor, unit)).padStart(widths.sum);
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
