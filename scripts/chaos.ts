// npm run chaos -- [--seconds N] [--json]: kills a loaded server again and again, then audits every invariant.
import { parseArgs } from 'node:util';
import { ExpectedFailure } from '#scripts/build-worker.ts';
import { runTrial, type TrialResult } from '#scripts/chaos/trial.ts';
import { isSound } from '#test/chaos/audit.ts';

const defaultSeconds = 20;

function readOptions(): { seconds: number; json: boolean } {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, seconds: { type: 'string' } } });
  const seconds = values.seconds === undefined ? defaultSeconds : Number(values.seconds);
  if (!(seconds > 0 && seconds <= 3_600)) throw new ExpectedFailure('--seconds: more than 0, at most 3600.');
  return { seconds, json: values.json };
}

function lines({ findings, ...result }: TrialResult): string {
  const words: readonly [string, number][] = [
    ['kills', result.kills],
    ['acknowledged', result.acknowledged],
    ['lost', result.lost],
    ['oversold', result.oversold],
    ['double admissions', result.doubleAdmissions],
    ['chain breaks', result.chainBreaks],
    ['projection differences', result.projectionDifferences],
    ['money astray', result.moneyAstray],
    ['ledger findings', result.ledgerFindings],
  ];
  return [...words.map(([word, count]) => `${word.padEnd(24)}${count}`), ...findings.map((what) => `! ${what}`)].join(
    '\n',
  );
}

try {
  const { seconds, json } = readOptions();
  // Standard output carries the audit alone when a program reads it.
  const say = (note: string): void => (json ? console.error(note) : console.log(`# ${note}`));
  const result = await runTrial(seconds, say);
  console.log(json ? JSON.stringify({ name: 'chaos', ...result }) : lines(result));
  process.exitCode = isSound(result) ? 0 : 1;
} catch (error) {
  console.error(error instanceof ExpectedFailure ? error.message : error);
  process.exitCode = 1;
}
