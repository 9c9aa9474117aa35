import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildWorker, type WorkerEnvironment } from '#scripts/build-worker.ts';
import { demoPeople } from '#scripts/seed/content/people.ts';

const buildTimeoutMs = 120_000;

/** Cloudflare takes 3 MB compressed on its free plan; past a third of it, a cold start is felt and something is wrong. */
const compressedMaxBytes = 1_000_000;

/** What exists on a developer's machine only, by what would give it away. */
const localOnly = [
  '/local/',
  'Mailbox',
  'MailSandbox',
  'SmsSandbox',
  'PushSandbox',
  'pretend phone',
  'MAILBOX',
  'Demo sign-ins',
  ...demoPeople.flatMap(({ id, name, email }) => [id, name, email]),
];

async function bundleOf(environment: WorkerEnvironment) {
  const { directory } = await buildWorker(environment);
  const files = globSync('**/*.{js,mjs,sql,txt,html,wasm,bin}', { cwd: directory });
  const contents = files.map((file) => readFileSync(join(directory, file)));
  return {
    text: contents.map((bytes) => bytes.toString('latin1')).join('\n'),
    compressedBytes: gzipSync(Buffer.concat(contents), { level: 9 }).length,
  };
}

describe('the deployed bundle', () => {
  let deployed: Awaited<ReturnType<typeof bundleOf>>;
  let local: typeof deployed;
  beforeAll(async () => {
    deployed = await bundleOf('production');
    local = await bundleOf('local');
  }, buildTimeoutMs);

  it.each(localOnly)('does not contain %s, which the local one does', (trace) => {
    // Not `toContain`: a failure would print the whole bundle.
    expect([local.text.includes(trace), deployed.text.includes(trace)]).toEqual([true, false]);
  });

  it('is the system: its objects, its doors and its rules', () => {
    const parts = ['EventInventory', 'OrderDesk', '/api/v1/orders', 'already_admitted'];
    expect(parts.filter((part) => !deployed.text.includes(part))).toEqual([]);
  });

  it(`is under ${compressedMaxBytes / 1_000} kB compressed`, () => {
    expect(deployed.compressedBytes).toBeGreaterThan(10_000);
    expect(deployed.compressedBytes).toBeLessThan(compressedMaxBytes);
  });

  it('carries no secret', () => {
    expect(/MASTER_KEY\s*[=:]\s*["'][\w+/=]{20,}/.exec(deployed.text)).toBeNull();
    expect(/-----BEGIN [A-Z ]*PRIVATE KEY-----/.exec(deployed.text)).toBeNull();
  });
});
