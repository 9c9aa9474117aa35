// npm test [-- --full] [-- vitest filters]: the checks, then vitest, then the line `N passed, N failed`.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type CheckResult, resultLine, runChecks } from '#scripts/check.ts';
import { addTallies, type Tally, tallyLine, tallyVitest, type VitestReport } from '#scripts/test-tally.ts';

const root = join(import.meta.dirname, '..');
const reportPath = join(root, 'test/results/vitest.json');

/** Resolves with vitest's exit code; null when a signal ended it. */
function runVitest(filters: readonly string[], full: boolean): Promise<number | null> {
  // A report left by an earlier run must not speak for one that crashed.
  rmSync(reportPath, { force: true });
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`];
  const args = [vitest, 'run', '--config', 'test/vitest.config.ts', ...reporters, ...filters];
  const env = full ? { ...process.env, FULL: '1' } : process.env;
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', () => resolve(null));
    child.on('close', resolve);
  });
}

function readReport(): VitestReport | undefined {
  try {
    return JSON.parse(readFileSync(reportPath, 'utf8')) as VitestReport;
  } catch {
    return undefined;
  }
}

function tallyChecks(checks: readonly CheckResult[]): Tally {
  const passed = checks.filter(({ ok }) => ok).length;
  return { passed, failed: checks.length - passed, skipped: 0 };
}

const wanted = process.argv.slice(2);
const filters = wanted.filter((argument) => argument !== '--full');

const checks = await runChecks((result) => console.log(resultLine(result)));
const exitCode = await runVitest(filters, wanted.includes('--full'));

// After vitest's pages of output, where they will be seen.
const failedChecks = checks.filter(({ ok }) => !ok);
for (const { name, output } of failedChecks) console.log(`\n── ${name} ──\n${output.trim()}\n`);

const tally = addTallies(tallyChecks(checks), tallyVitest(readReport(), exitCode));
if (tally.failed > 0) process.exitCode = 1;
console.log(tallyLine(tally));
