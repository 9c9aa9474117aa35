import { build } from 'esbuild';
import { join } from 'node:path';
import { buildWorker } from '#scripts/build-worker.ts';

const root = join(import.meta.dirname, '../..');

/** Bundles the local Worker with the doors a benchmark or a trial adds to it; answers where the entry module lies. */
export async function buildTrialWorker(name: 'bench' | 'chaos'): Promise<string> {
  await buildWorker('local');
  const main = join(root, `.build/${name}/index.js`);
  await build({
    entryPoints: [join(root, `test/${name}/worker.ts`)],
    outfile: main,
    bundle: true,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    loader: { '.sql': 'text' },
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    logLevel: 'error',
  });
  return main;
}
