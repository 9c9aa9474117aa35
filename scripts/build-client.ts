import { build, type Metafile, type OutputFile, type Plugin } from 'esbuild';
import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';

const root = join(import.meta.dirname, '..');
const buildDir = join(root, '.build');
const assetsDir = join(buildDir, 'assets');
const digestLength = 12;

/**
 * Logical name to served path. Names are `gate/scan.island.js`, `gate/decode.worker.js`, `ui/sw.js` (a service worker), `app.css`
 * and `zxing_reader.wasm`.
 */
export type AssetManifest = Record<string, string>;

type Entry = { logicalName: string; source: string; outputName: string };
type Bundle = { files: OutputFile[]; manifest: AssetManifest };

/**
 * Builds everything the browser loads into `.build/assets` and names it in `.build/asset-manifest.json`.
 * Files whose content is unchanged are left alone, so that a watcher calling this never wakes itself.
 */
export async function buildClient(): Promise<AssetManifest> {
  const hashed = await bundle(
    [...clientEntries('*.island.{ts,tsx}'), ...clientEntries('*.worker.ts'), ...styleEntries()],
    { format: 'esm', entryNames: '[name]-[hash]', into: 'assets' },
  );
  // A service worker keeps its name, because browsers update it by its URL, and sits at the root, because its folder
  // bounds the pages it may serve. A classic script, because not every browser starts modules here.
  const serviceWorkers = await bundle(clientEntries('{*.,}sw.ts'), {
    format: 'iife',
    entryNames: '[name]',
    into: '',
    define: { buildDigest: JSON.stringify(await digestOfBuild(hashed.manifest)) },
  });
  const manifest = { ...hashed.manifest, ...serviceWorkers.manifest };
  const contents = await staticFiles();
  for (const file of [...hashed.files, ...serviceWorkers.files]) contents.set(file.path, file.contents);
  contents.set(join(assetsDir, '_headers'), Buffer.from(headerRules(Object.values(serviceWorkers.manifest))));

  // Assets before the manifest: a Worker built at this moment must not name a file that isn't there yet.
  await Promise.all([...contents].map(([path, bytes]) => writeIfChanged(path, bytes)));
  await writeIfChanged(join(buildDir, 'asset-manifest.json'), Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
  await removeStale(contents);
  return manifest;
}

function clientEntries(pattern: string): Entry[] {
  return globSync(`workers/*/client/${pattern}`, { cwd: root }).map((source) => {
    const audience = source.split(sep)[1] ?? '';
    const name = basename(source).replace(/\.tsx?$/, '');
    return {
      logicalName: `${audience}/${name}.js`,
      source,
      outputName: /(?:^|\.)sw$/.test(name) ? name : `${audience}-${name.replace(/\.island$/, '')}`,
    };
  });
}

/** A stylesheet for each kind of page; what several are made of lies in `parts/`. */
function styleEntries(): Entry[] {
  return globSync('workers/ui/styles/*.css', { cwd: root }).map((source) => ({
    logicalName: basename(source),
    source,
    outputName: basename(source, '.css'),
  }));
}

/** In a stylesheet a path from the root is one the Worker serves (an icon, say), not a file to bundle. */
const servedPaths: Plugin = {
  name: 'served-paths',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\// }, ({ kind, path }) => (kind === 'url-token' ? { path, external: true } : undefined)),
};

async function bundle(
  entries: Entry[],
  output: { format: 'esm' | 'iife'; entryNames: string; into: string; define?: Record<string, string> },
): Promise<Bundle> {
  if (entries.length === 0) return { files: [], manifest: {} };
  const result = await build({
    absWorkingDir: root,
    entryPoints: entries.map(({ source, outputName }) => ({ in: source, out: outputName })),
    outdir: join(assetsDir, output.into),
    entryNames: output.entryNames,
    assetNames: '[name]-[hash]',
    publicPath: `/${output.into}`,
    bundle: true,
    minify: true,
    ...(output.define === undefined ? {} : { define: output.define }),
    format: output.format,
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    loader: { '.woff2': 'file', '.wasm': 'file', '.svg': 'file', '.png': 'file' },
    // The root tsconfig renders JSX on the server; in a browser the same elements need the DOM runtime.
    tsconfigRaw: { compilerOptions: { jsx: 'react-jsx', jsxImportSource: 'hono/jsx/dom', verbatimModuleSyntax: true } },
    plugins: [servedPaths],
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  return { files: result.outputFiles, manifest: namePaths(entries, result.metafile) };
}

/**
 * What a service worker keeps is kept by build: it says this digest, so that a new build is a new worker, which fetches
 * everything anew. Of the built files, and of what the pages it keeps are drawn from.
 */
async function digestOfBuild(manifest: AssetManifest): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(manifest));
  const pages = globSync('workers/{ui,wallet/pages}/**/*.{ts,tsx}', { cwd: root }).toSorted();
  for (const contents of await Promise.all(pages.map((path) => readFile(join(root, path))))) hash.update(contents);
  return hash.digest('hex').slice(0, digestLength);
}

function namePaths(entries: Entry[], { outputs }: Metafile): AssetManifest {
  const served = new Map<string, string>();
  for (const [path, { entryPoint }] of Object.entries(outputs)) {
    if (entryPoint !== undefined) served.set(entryPoint, servedPath(path));
  }
  const manifest: AssetManifest = {};
  for (const { logicalName, source } of entries.toSorted((a, b) => a.logicalName.localeCompare(b.logicalName))) {
    const path = served.get(source.split(sep).join('/'));
    if (path === undefined) throw new Error(`esbuild built nothing from ${source}`);
    manifest[logicalName] = path;
  }
  // Nothing but a script names these; a page that is to work without network has to name them too.
  for (const [path, { inputs }] of Object.entries(outputs)) {
    const [source = ''] = Object.keys(inputs);
    if (path.endsWith('.wasm')) manifest[basename(source)] = servedPath(path);
  }
  return manifest;
}

function servedPath(path: string): string {
  return `/${relative('.build/assets', path).split(sep).join('/')}`;
}

/** What is served as it is, such as icons and robots.txt, by the path it is written to. */
async function staticFiles(): Promise<Map<string, Uint8Array>> {
  const folder = join(root, 'workers/ui/static');
  const paths = filesIn(folder);
  return new Map(
    await Promise.all(
      paths.map(async (path) => [join(assetsDir, relative(folder, path)), await readFile(path)] as const),
    ),
  );
}

const filesIn = (folder: string): string[] =>
  globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

function headerRules(serviceWorkerPaths: string[]): string {
  const rules = [
    '/*\n  X-Content-Type-Options: nosniff\n  Strict-Transport-Security: max-age=31536000; includeSubDomains',
    '/assets/*\n  Cache-Control: public, max-age=31536000, immutable',
    ...serviceWorkerPaths.map((path) => `${path}\n  Cache-Control: no-cache`),
  ];
  return `${rules.join('\n')}\n`;
}

async function writeIfChanged(path: string, contents: Uint8Array): Promise<void> {
  const current = await readFile(path).catch(() => undefined);
  if (current?.equals(contents)) return;
  await mkdir(dirname(path), { recursive: true });
  // Renamed into place, so that a server or a second build never reads half a file.
  const draft = join(buildDir, `.draft-${process.pid}-${crypto.randomUUID()}`);
  await writeFile(draft, contents);
  await rename(draft, path);
}

async function removeStale(current: Map<string, Uint8Array>): Promise<void> {
  const stale = filesIn(assetsDir).filter((path) => !current.has(path));
  await Promise.all(stale.map((path) => rm(path, { force: true })));
}

if (import.meta.main) {
  await buildClient().catch((error: unknown) => {
    // What does not compile, esbuild has printed already, with the line at fault.
    const isPrinted = error instanceof Error && 'errors' in error;
    if (!isPrinted) console.error(error);
    process.exitCode = 1;
  });
}
