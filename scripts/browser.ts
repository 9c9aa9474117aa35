import { installedChromium } from './chromium-paths.mjs';

/** Path of the Chromium that tests and benchmarks drive; undefined when the machine has none. */
export function findChromium(): string | undefined {
  return installedChromium();
}

/** For Playwright's `chromium.launch({ executablePath, ...chromiumLaunchOptions })`, which makes a fresh profile itself. */
export const chromiumLaunchOptions: { headless: boolean; args: string[] } = {
  headless: true,
  args: [
    // Containers run as root, where Chromium's own sandbox refuses to start. Only our own pages are ever opened.
    '--no-sandbox',
    '--disable-gpu',
    // Everything opened is plain HTTP on this machine.
    '--disable-quic',
    '--no-first-run',
    // The three below keep the browser from calling home in the middle of a measurement.
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
