import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, statSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, delimiter, dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const root = join(import.meta.dirname, '..');
const buildDir = join(root, '.build');

export type WorkerEnvironment = 'local' | 'production';

/**
 * `main` is the built entry module; modules it imports (`.sql` texts, say) lie beside it. `bindings` is what
 * wrangler.toml binds, as Miniflare's options in JSON, kept so that serving need not load wrangler, which takes longer
 * than everything else a start does.
 */
export type BuiltWorker = { directory: string; main: string; bindings: string };

export const builtWorker = (env: WorkerEnvironment): BuiltWorker => {
  const directory = join(buildDir, `worker-${env}`);
  return { directory, main: join(directory, 'index.js'), bindings: join(directory, BINDINGS) };
};

const BINDINGS = 'bindings.json';
const FINGERPRINT = 'sources.sha256';

/** A circumstance rather than a bug: its message says what to do, and is shown without a stack. */
export class ExpectedFailure extends Error {
  override name = 'ExpectedFailure';
}

/**
 * Bundles the Worker exactly as a deploy would, without an account or a network. Wrangler's own build step
 * (`[build]` in wrangler.toml) builds the client first, so this one call builds everything. Nothing is built when no
 * source has changed since the last time.
 */
export async function buildWorker(env: WorkerEnvironment): Promise<BuiltWorker> {
  const built = builtWorker(env);
  const fingerprint = sourcesFingerprint();
  const last = await readFile(join(built.directory, FINGERPRINT), 'utf8').catch(() => undefined);
  if (last === fingerprint && existsSync(join(buildDir, 'asset-manifest.json'))) return built;

  // Built aside and swapped in: a failed build leaves the last good one, and two builds never mix their files.
  const draft = join(buildDir, `.worker-${env}-${process.pid}`);
  await mkdir(draft, { recursive: true });
  try {
    await Promise.all([bundle(env, draft), writeBindings(env, join(draft, BINDINGS))]);
    await writeFile(join(draft, FINGERPRINT), fingerprint);
    await swapIn(draft, built.directory);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return built;
}

/** Another build may swap its own in at the same moment; then this one, no older, takes its place. */
async function swapIn(draft: string, directory: string): Promise<void> {
  const previous = `${draft}-previous`;
  for (let triesLeft = 5; ; triesLeft -= 1) {
    await rename(directory, previous).catch(() => undefined);
    const failure = await rename(draft, directory).then(
      () => undefined,
      (error: Error) => error,
    );
    await rm(previous, { recursive: true, force: true });
    if (failure === undefined) return;
    if (triesLeft === 0) throw failure;
  }
}

async function bundle(env: WorkerEnvironment, outdir: string): Promise<void> {
  const { code, output } = await runWrangler([
    'deploy',
    '--dry-run',
    '--outdir',
    outdir,
    '--env',
    configEnvironment(env),
  ]);
  if (code !== 0) throw new ExpectedFailure(`The Worker (${env}) does not build:\n\n${compilerErrors(output)}`);
}

async function writeBindings(env: WorkerEnvironment, path: string): Promise<void> {
  const { unstable_getMiniflareWorkerOptions, unstable_readConfig } = await import('wrangler');
  const config = unstable_readConfig({ config: join(root, 'wrangler.toml'), env: configEnvironment(env) });
  const { workerOptions } = unstable_getMiniflareWorkerOptions(config, configEnvironment(env));
  // The rules say how to find modules in the source; the bundle has found them.
  await writeFile(path, JSON.stringify({ ...workerOptions, name: config.name, modulesRules: undefined }));
}

/** What wrangler calls it: production is the top level of wrangler.toml. */
const configEnvironment = (env: WorkerEnvironment): string => (env === 'local' ? 'local' : '');

/** Of every file a build may read, or of its date; whole folders, so that a file added anywhere counts too. */
function sourcesFingerprint(): string {
  const digest = createHash('sha256');
  const patterns = [
    '{workers,durable-objects,d1,shared}/**/*.*',
    'scripts/build-*.ts',
    // Demo sign-ins are the seed's people.
    'scripts/seed/content/*.ts',
    '{package,package-lock,tsconfig}.json',
    'wrangler.toml',
    '.dev.vars*',
    'node_modules/.package-lock.json',
  ];
  for (const path of globSync(patterns, { cwd: root }).toSorted()) {
    const { size, mtimeMs } = statSync(join(root, path));
    digest.update(`${path} ${size} ${mtimeMs}\n`);
  }
  return digest.digest('hex');
}

/** Runs wrangler quietly with telemetry, its banner and its update check off; resolves whatever its exit code. */
export function runWrangler(
  args: string[],
  options: { show?: boolean } = {},
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--no-warnings', wranglerScript(), ...args], {
      cwd: root,
      env: wranglerEnvironment(),
      stdio: options.show === true ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

// The script itself rather than its launcher, which only checks Node's version and starts one more process.
const wranglerScript = (): string => createRequire(import.meta.url).resolve('wrangler');

function wranglerEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    // `[build]` starts `node` by name, and only this one strips types.
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    WRANGLER_SEND_METRICS: 'false',
    WRANGLER_SEND_ERROR_REPORTS: 'false',
    WRANGLER_HIDE_BANNER: 'true',
    WRANGLER_LOG_PATH: join(buildDir, 'wrangler-logs'),
    // Halves wrangler's start from the second run on.
    NODE_COMPILE_CACHE: join(buildDir, 'compile-cache'),
  };
}

/** Drops what wrangler says besides: of a failed client build, its own stack and the state of the process it ran. */
function compilerErrors(output: string): string {
  const text = process.stderr.isTTY ? output : stripVTControlCharacters(output);
  const lines = text.split('\n').filter((line) => !line.includes('Logs were written to'));
  const clientPrefix = '[custom build] ';
  if (text.includes('Running custom build')) {
    const client = lines.filter((line) => line.startsWith(clientPrefix)).map((line) => line.slice(clientPrefix.length));
    return client
      .filter((line) => !line.startsWith('Running: '))
      .join('\n')
      .trim();
  }
  const first = lines.findIndex((line) => line.includes('ERROR') || line.includes('Error:'));
  return lines.slice(Math.max(first, 0)).join('\n').trim();
}

if (import.meta.main) {
  const { directory } = await buildWorker(process.argv[2] === 'production' ? 'production' : 'local');
  console.log(`Built ${basename(directory)}`);
}
