import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { chromiumLaunchOptions } from '#scripts/browser.ts';
import { film, floor, held, type Shot } from '#test/support/phone-film.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { browserPath, enrol, switchOn } from './bench-phone.ts';
import { startBenchServer } from './bench-server.ts';
import { type Bench, type Figure, median } from './figure.ts';

const tickets = 200;
/** A code is before the camera for a third of a second, and the next follows with no pause worth the name. */
const framesHeld = 10;
const framesBetween = 2;
const framesPerSecond = 30;
const { handheld } = messages;

/**
 * From the moment a camera took the picture to the answer on the screen: the whole scanner in Chromium, filmed people before
 * its camera, decoding included. Without network first, so that with it every ticket is new to the event.
 */
export const gate: Bench = async (_options, print, say) => {
  const server = await startBenchServer();
  const folder = await mkdtemp(join(tmpdir(), 'expo-gate-bench-'));
  try {
    const codes = await server.issueCodes(tickets);
    const filmPath = join(folder, 'film.mjpeg');
    say(`filming ${tickets} tickets, moving, blurred and badly lit, ${framesHeld} frames each`);
    await develop(codes, filmPath);
    const context = await switchOn(join(folder, 'profile'), filmPath);
    try {
      const page = await enrol(context, server.url);
      await context.setOffline(true);
      await page.locator('[data-reach=offline]').waitFor();
      report('offline', await timeAll(page), print, say);
      await context.setOffline(false);
      await page.reload();
      await page.getByText(handheld.reach.online).waitFor();
      report('online', await timeAll(page), print, say);
    } finally {
      await context.close();
    }
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

async function develop(codes: readonly string[], path: string): Promise<void> {
  const browser = await chromium.launch({ executablePath: browserPath(), ...chromiumLaunchOptions });
  try {
    const people = codes.flatMap((code): Shot[] => [
      { codes: [code], frames: framesHeld, look: held },
      floor(framesBetween),
    ]);
    // Begins with the floor: a camera needs a moment before it sees as it should.
    await film(browser, [floor(framesPerSecond), ...people, floor(framesPerSecond)], path);
  } finally {
    await browser.close();
  }
}

/** Lets the film run once; answers how long each scan took. */
async function timeAll(page: Page): Promise<number[]> {
  const start = page.getByRole('button', { name: handheld.start });
  if (await start.isVisible()) await start.click();
  await page.locator('[data-camera=on]').waitFor();
  const filmMs = ((tickets * (framesHeld + framesBetween)) / framesPerSecond + 1) * 1_000;
  await page.evaluate(`new Promise((resolve) => setTimeout(resolve, ${filmMs}))`);
  const durations = await page.evaluate<number[]>(
    `performance.getEntriesByName('gate-scan').filter(({ detail }) => detail === 'verdict').map(({ duration }) => duration)`,
  );
  if (durations.length === 0) throw new Error('The camera read nothing');
  return durations.slice(0, tickets);
}

function report(
  where: string,
  durations: number[],
  print: (figure: Figure) => void,
  say: (note: string) => void,
): void {
  say(`${where}: ${durations.length} of ${tickets} read while they were before the camera`);
  const sorted = durations.toSorted((a, b) => a - b);
  const p95 = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.95) - 1)] ?? 0;
  for (const [metric, value] of [
    [`${where}_p50_ms`, median(durations)],
    [`${where}_p95_ms`, p95],
  ] as const) {
    print({ name: 'gate', metric, value: Math.round(value), unit: 'ms', baseline: null, ratio: null });
  }
}
