// npm run bench -- NAME [--json] [--seconds N]: one benchmark, each speed beside a baseline of the same run.
import { parseArgs } from 'node:util';
import type { Bench, Figure } from '#scripts/bench/figure.ts';
import { ExpectedFailure } from '#scripts/build-worker.ts';

const defaultSeconds = 10;

/** What is not built yet has no benchmark to load. */
const benches: Readonly<Record<string, (() => Promise<Bench>) | undefined>> = {
  hold: async () => (await import('#scripts/bench/hold.ts')).hold,
  scan: async () => (await import('#scripts/bench/scan.ts')).scan,
  batch: async () => (await import('#scripts/bench/batch.ts')).batch,
  order: async () => (await import('#scripts/bench/order.ts')).order,
  verify: async () => (await import('#scripts/bench/verify.ts')).verify,
  gate: async () => (await import('#scripts/bench/gate.ts')).gate,
  sync: async () => (await import('#scripts/bench/sync.ts')).sync,
  pages: async () => (await import('#scripts/bench/pages.ts')).pages,
  rewards: undefined,
  viewers: async () => (await import('#scripts/bench/viewers.ts')).viewersBench,
};

function readOptions(): { name: string; json: boolean; seconds: number } {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean', default: false }, seconds: { type: 'string' } },
    allowPositionals: true,
  });
  const [name = ''] = positionals;
  if (!Object.hasOwn(benches, name)) {
    throw new ExpectedFailure(
      `Usage: npm run bench -- NAME [--json] [--seconds N]\nNAME: ${Object.keys(benches).join(', ')}`,
    );
  }
  const seconds = values.seconds === undefined ? defaultSeconds : Number(values.seconds);
  if (!(seconds > 0 && seconds <= 600)) throw new ExpectedFailure('--seconds: more than 0, at most 600.');
  return { name, json: values.json, seconds };
}

function textLine({ metric, value, unit, baseline, ratio }: Figure): string {
  const compared = baseline === null || ratio === null ? '' : `  (baseline ${baseline} ${unit}, ratio ${ratio})`;
  return `${metric.padEnd(26)} ${String(value).padStart(9)} ${unit}${compared}`;
}

try {
  const { name, json, seconds } = readOptions();
  const load = benches[name];
  if (load === undefined) {
    console.log(json ? JSON.stringify({ name, state: 'not yet' }) : `${name}: not yet`);
  } else {
    const bench = await load();
    const print = (figure: Figure): void => console.log(json ? JSON.stringify(figure) : textLine(figure));
    // Standard output carries figures alone when a program reads it.
    const say = (note: string): void => (json ? console.error(note) : console.log(`# ${note}`));
    await bench({ seconds }, print, say);
  }
} catch (error) {
  console.error(error instanceof ExpectedFailure ? error.message : error);
  process.exitCode = 1;
}
