// Runs before every npm command, on whatever Node the machine has and with nothing installed: plain JavaScript, Node's
// own modules only. Everything after it may rely on node_modules/.bin, Node 24 included.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installedChromium, noteDownloadedChromium } from './chromium-paths.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const NPM_FLAGS = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
}

/** Node 24 comes as a package whose install script fetches it; an npm that skips install scripts leaves that to us. */
function hasOwnNode() {
  const link = join(ROOT, 'node_modules/.bin/node');
  if (existsSync(link)) return true;
  const folder = join(ROOT, 'node_modules/node');
  const script = join(folder, 'installArchSpecificPackage.js');
  if (!existsSync(script)) return false;
  spawnSync(process.execPath, [script], { cwd: folder, stdio: 'ignore' });
  if (!existsSync(join(folder, 'bin/node'))) return false;
  symlinkSync('../node/bin/node', link);
  return true;
}

/**
 * npm writes node_modules/.package-lock.json as the last act of an install, so an interrupted one leaves none. Comparing it
 * with the lockfile beats a stamp of our own, which `npm install some-package` would leave behind and `npm ci` would then
 * answer by deleting and rebuilding everything.
 */
function isInstalled() {
  if (!hasOwnNode()) return false;
  if (!existsSync(join(ROOT, 'node_modules/.package-lock.json'))) return false;
  if (!existsSync(join(ROOT, 'package-lock.json'))) return true;
  const wanted = readJson('package-lock.json').packages;
  const present = readJson('node_modules/.package-lock.json').packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = present[path];
    if (!found) return Boolean(entry.optional || entry.devOptional || entry.peer);
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

/** @param {string[]} args */
function npm(args) {
  const options = {
    cwd: ROOT,
    stdio: /** @type {const} */ (['ignore', 'ignore', 'pipe']),
    encoding: /** @type {const} */ ('utf8'),
  };
  const cli = process.env.npm_execpath;
  // `npm ci` deletes node_modules, and with it the Node that runs this file once there is one; npm must not run on that.
  const node = process.env.npm_node_execpath ?? process.execPath;
  if (cli?.endsWith('.js') && !node.startsWith(ROOT)) return spawnSync(node, [cli, ...args], options);
  const isWindows = process.platform === 'win32';
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(join(ROOT, 'node_modules')));
  return spawnSync('npm', args, { ...options, env: { ...process.env, PATH: path.join(delimiter) }, shell: isWindows });
}

function installPackages() {
  if (isInstalled()) return;
  console.log('Installing packages (about a minute the first time) …');
  // `npm ci` also refuses a lockfile that lacks an optional package of some other platform, which `npm install` forgives:
  // so its complaint is only worth showing when both fail.
  const hasLock = existsSync(join(ROOT, 'package-lock.json'));
  if (hasLock && npm(['ci', ...NPM_FLAGS]).status === 0 && hasOwnNode()) return;
  const { status, stderr, error } = npm(['install', '--no-save', ...NPM_FLAGS]);
  if (status === 0 && hasOwnNode()) return;
  console.error(error?.message ?? stderr);
  console.error('The packages could not be installed. The lines above say why; most often there is no network.');
  console.error('Nothing else can run without them: connect, then give the same command again.');
  process.exit(1);
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  return spawnSync(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

const isRoot = process.getuid?.() === 0;

function installWithApt() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  // Not on Ubuntu, where the chromium package only installs a snap, which containers cannot run.
  if (!isRoot || !/^ID=debian$/m.test(release)) return;
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
}

function downloadWithPlaywright() {
  const node = join(ROOT, 'node_modules/.bin/node');
  const playwright = join(ROOT, 'node_modules/playwright-core/cli.js');
  const withSystemLibraries = isRoot && existsSync('/usr/bin/apt-get') ? ['--with-deps'] : [];
  run(node, [playwright, 'install', '--no-shell', ...withSystemLibraries, 'chromium']);
  const ask = "import('playwright-core').then(({ chromium }) => console.log(chromium.executablePath()))";
  const path = spawnSync(node, ['--eval', ask], { cwd: ROOT, encoding: 'utf8' }).stdout?.trim();
  if (path && existsSync(path)) noteDownloadedChromium(path);
}

function installBrowser() {
  if (installedChromium()) return;
  console.log('Installing Chromium for the browser tests (a few minutes) …');
  installWithApt();
  if (!installedChromium()) downloadWithPlaywright();
  if (installedChromium()) return;
  console.error('\nNo Chromium: neither the system, nor apt, nor Playwright’s download has one.');
  console.error('Browser tests will count as failed. Install Chromium, or set CHROMIUM_PATH to one, to run them.');
}

installPackages();
if (process.argv.includes('--browser')) installBrowser();
