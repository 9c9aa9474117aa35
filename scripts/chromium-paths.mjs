// Plain JavaScript because install.mjs needs it on the machine's own Node, before anything is installed.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

// Playwright's cache path depends on its version. Asking Playwright costs 150 ms at every start, so the answer is noted
// once, inside node_modules: a reinstall, which may change that version, also forgets it.
const NOTED_PATH = fileURLToPath(new URL('../node_modules/.chromium-path', import.meta.url));

/** @returns {string | undefined} the Chromium this machine has: CHROMIUM_PATH, then the system's, then a downloaded one */
export function installedChromium() {
  const noted = existsSync(NOTED_PATH) ? [readFileSync(NOTED_PATH, 'utf8').trim()] : [];
  const named = process.env.CHROMIUM_PATH ? [process.env.CHROMIUM_PATH] : [];
  return [...named, ...SYSTEM_PATHS, ...noted].find((path) => existsSync(path));
}

/** @param {string} path */
export function noteDownloadedChromium(path) {
  writeFileSync(NOTED_PATH, `${path}\n`);
}
