import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';
import { buildClient } from '#scripts/build-client.ts';

export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  /** What the tool printed, errors included. */
  readonly output: string;
  readonly seconds: number;
}

interface Check {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

const root = join(import.meta.dirname, '..');
const binaries = join(root, 'node_modules/.bin');

const types = (name: string, project: string): Check => ({ name, command: 'tsc', args: ['--project', project] });

/** Slowest first, so that the short ones fill the gaps. */
const CHECKS: readonly Check[] = [
  { name: 'lint', command: 'oxlint', args: [] },
  { name: 'dead code', command: 'knip', args: ['--no-config-hints', '--no-progress'] },
  types('types: worker', 'tsconfig.json'),
  types('types: test', 'test/tsconfig.json'),
  types('types: scripts', 'scripts/tsconfig.json'),
  types('types: browser', 'workers/ui/client/tsconfig.json'),
  types('types: shared', 'shared/tsconfig.json'),
  { name: 'format', command: 'oxfmt', args: ['--check'] },
];

/** Runs every check, as many at once as there are cores. None is skipped because another failed. */
export async function runChecks(onResult: (result: CheckResult) => void = () => undefined): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  const record = (result: CheckResult) => {
    results.push(result);
    onResult(result);
  };
  // First, because pages import the manifest it writes: without it the types of a fresh clone don't hold.
  record(await timed('client build', buildClientQuietly));
  const waiting = [...CHECKS];
  const takeTurns = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const { name, command, args } = check;
      record(await timed(name, () => run(command, args)));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, takeTurns));
  return results;
}

export function resultLine({ name, ok, seconds }: CheckResult): string {
  return `${ok ? '✓' : '✗'} ${name} (${seconds.toFixed(1)} s)`;
}

type Outcome = Pick<CheckResult, 'ok' | 'output'>;

async function timed(name: string, work: () => Promise<Outcome>): Promise<CheckResult> {
  const startedAt = performance.now();
  const outcome = await work();
  return { name, ...outcome, seconds: (performance.now() - startedAt) / 1000 };
}

async function buildClientQuietly(): Promise<Outcome> {
  try {
    await buildClient();
    return { ok: true, output: '' };
  } catch (error) {
    return { ok: false, output: error instanceof Error ? error.message : String(error) };
  }
}

function run(command: string, args: readonly string[]): Promise<Outcome> {
  // The tools start through `env node`; with our own Node first on the path they also load the lint rule's TypeScript.
  const env = { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH ?? ''}` };
  return new Promise((resolve) => {
    const child = spawn(join(binaries, command), args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, output: Buffer.concat(chunks).toString() }));
  });
}

if (import.meta.main) {
  const results = await runChecks((result) => console.log(resultLine(result)));
  const failed = results.filter(({ ok }) => !ok);
  for (const { name, output } of failed) console.log(`\n── ${name} ──\n${output.trim()}`);
  if (failed.length > 0) process.exitCode = 1;
}
