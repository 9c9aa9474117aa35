import { build } from 'esbuild';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumLaunchOptions, findChromium } from '#scripts/browser.ts';
import { ExpectedFailure } from '#scripts/build-worker.ts';
import type { Asked } from '#test/bench/verify-cost.ts';
import { browserModule, pageWith } from '#test/support/browser-module.ts';
import { type Bench, measured, median } from './figure.ts';

const root = join(import.meta.dirname, '../..');
const rounds = 15;
const warmUp = 300;

/** Does one of the two so many times, and says how many milliseconds it took. */
type Run = (asked: Asked, times: number) => Promise<number>;

/** One scan of a live code at a gate without network, whole, beside its two signature checks alone. */
export const verify: Bench = async ({ seconds }, print, say) => {
  say(`live codes, keys imported beforehand, one after another; ${rounds} short turns each, in turns; medians`);
  for (const [metric, withRuntime] of Object.entries({ workerd_cost: withWorkerd, chromium_cost: withChromium })) {
    const { ours, bare } = await withRuntime((run) => compare(run, (seconds * 1_000) / (4 * rounds)));
    print(measured('verify', metric, 'ms', ours, bare));
  }
};

/** Turns are short and alternate, so that whatever else this machine does falls on both alike. */
async function compare(run: Run, turnMs: number): Promise<{ ours: number; bare: number }> {
  await run('bare', warmUp);
  await run('decision', warmUp);
  const times = Math.max(50, Math.round((turnMs * warmUp) / (await run('decision', warmUp))));
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    bare.push((await run('bare', times)) / times);
    ours.push((await run('decision', times)) / times);
  }
  return { ours: median(ours), bare: median(bare) };
}

async function withWorkerd<Answer>(use: (run: Run) => Promise<Answer>): Promise<Answer> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'test/bench/verify-worker.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    logLevel: 'error',
  });
  const worker = { modules: true, script: outputFiles[0]?.text ?? '', compatibilityDate: '2026-11-01' };
  const mf = new Miniflare({ ...convertV4MiniflareOptions(worker), cf: false });
  try {
    return await use(async (asked, times) => {
      const startedAtMs = performance.now();
      const answer = await mf.dispatchFetch(`http://localhost/?asked=${asked}&times=${times}`);
      if (!answer.ok) throw new Error(`workerd could not: ${await answer.text()}`);
      await answer.text();
      return performance.now() - startedAtMs;
    });
  } finally {
    await mf.dispose();
  }
}

async function withChromium<Answer>(use: (run: Run) => Promise<Answer>): Promise<Answer> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new ExpectedFailure('No Chromium on this machine: name one in CHROMIUM_PATH.');
  }
  const browser = await chromium.launch({ executablePath, ...chromiumLaunchOptions });
  try {
    const page = await pageWith(browser, await browserModule('test/bench/verify-cost.ts'));
    return await use((asked, times) => page.evaluate<number>(`subject.timed('${asked}', ${times})`));
  } finally {
    await browser.close();
  }
}
