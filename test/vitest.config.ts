import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** `MODEL_STEPS` and `MODEL_SEED` reach the model of the inventory, which runs where there is no environment. */
const modelSettings = Object.fromEntries(
  ['MODEL_STEPS', 'MODEL_SEED'].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
);

const root = join(import.meta.dirname, '..');

/** Pure rules and the house's own rules: plain Node, milliseconds. */
const rules = {
  root,
  test: {
    name: 'rules',
    include: ['test/shared/**/*.test.ts', 'test/tidy.test.ts', 'test/lint/**/*.test.ts', 'test/scripts/**/*.test.ts'],
  },
};

/** Inside workerd, against the local environment: the same code with its sandboxes. */
const inWorkerd = {
  root,
  plugins: [
    cloudflareTest(async () => ({
      wrangler: { configPath: join(root, 'wrangler.toml'), environment: 'local' },
      miniflare: {
        bindings: { ...modelSettings, TEST_MIGRATIONS: await readD1Migrations(join(root, 'd1/migrations')) },
      },
    })),
  ],
};

const workerdTests = {
  setupFiles: ['test/support/apply-migrations.ts'],
  testTimeout: 20_000,
  // itty-durable ships ES modules in a CommonJS package; workerd takes it only once Vite has bundled it.
  deps: { optimizer: { ssr: { enabled: true, include: ['itty-durable'] } } },
};

/** D1 and Workers: each file has storage of its own, since what they look at is all there is of it. */
const workerd = {
  ...inWorkerd,
  test: { ...workerdTests, name: 'workerd', include: ['test/d1/**/*.test.ts', 'test/workers/**/*.test.{ts,tsx}'] },
};

/** Each test names objects of its own, so these files can share a runtime: starting one takes longer than most of them. */
const objects = {
  ...inWorkerd,
  test: { ...workerdTests, name: 'objects', isolate: false, include: ['test/durable-objects/**/*.test.{ts,tsx}'] },
};

/** A browser and HTTP against one real server, so one file at a time: journeys share its events and its clock. */
const journeys = {
  root,
  test: {
    name: 'journeys',
    include: ['test/journeys/**/*.test.ts'],
    fileParallelism: false,
    // After the others, so that what it times has the machine to itself.
    sequence: { groupOrder: 1 },
    globalSetup: ['test/support/journey-server.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
};

export default defineConfig({
  root,
  test: {
    // Each workerd file takes a core and some hundred megabytes: more at once than cores only makes time-outs.
    maxWorkers: 2,
    projects: [rules, objects, workerd, journeys],
  },
});
