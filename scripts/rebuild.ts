// npm run rebuild -- [--source NAME] [--adopt]: reads logs from zero and compares with what D1 holds (I9).
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectionSources } from '#d1/queries/projection-health.ts';
import { buildWorker, ExpectedFailure } from '#scripts/build-worker.ts';
import { localReader } from '#scripts/local-reader.ts';
import { applyMigrations, startLocalServer } from '#scripts/local-server.ts';
import { rebuildProjection, type Rebuilt } from '#workers/operations/rebuild-projection.ts';

const root = join(import.meta.dirname, '..');

function describe({ source, seq, differences, isAdopted }: Rebuilt): string {
  if (differences.length === 0) return `${source}: rebuilt from ${seq} entries, the same`;
  const rows = differences.flatMap(({ table, missing, surplus }) => [
    ...missing.map((row) => `  ${table} lacks    ${JSON.stringify(row)}`),
    ...surplus.map((row) => `  ${table} invents  ${JSON.stringify(row)}`),
  ]);
  return [`${source}: DIFFERENT after ${seq} entries${isAdopted ? ', now replaced' : ''}`, ...rows].join('\n');
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: { source: { type: 'string' }, adopt: { type: 'boolean', default: false } },
  });
  await buildWorker('local');
  const server = await startLocalServer({ dataDir: join(root, '.data/local') });
  try {
    await applyMigrations(server.mf, join(root, 'd1/migrations'));
    const reader = await localReader(server);
    const sources = values.source === undefined ? await projectionSources(reader.db) : [values.source];
    if (sources.length === 0) console.log('No log has been read yet: there is nothing to rebuild.');
    for (const source of sources) {
      const rebuilt = await rebuildProjection(reader, source, { adopt: values.adopt });
      if (rebuilt === undefined) throw new ExpectedFailure(`--source ${source}: inventory:EVENT or desk:DESK.`);
      console.log(describe(rebuilt));
      if (rebuilt.differences.length > 0 && !rebuilt.isAdopted) process.exitCode = 1;
    }
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
