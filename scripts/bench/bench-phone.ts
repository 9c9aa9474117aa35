import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { chromiumLaunchOptions, findChromium } from '#scripts/browser.ts';
import { ExpectedFailure } from '#scripts/build-worker.ts';
import { signInDemo } from '#scripts/trials/sign-in.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { benchSlug } from './bench-server.ts';

/** The phone of a benchmark: a browser with a profile of its own, enrolled as any steward's. */

const { scanner, handheld } = messages;

export function browserPath(): string {
  const path = findChromium();
  if (path === undefined) throw new ExpectedFailure('No Chromium on this machine: name one in CHROMIUM_PATH.');
  return path;
}

/** `filmPath` is what its camera sees. */
export function switchOn(profile: string, filmPath?: string): Promise<BrowserContext> {
  const camera = ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${filmPath}`];
  return chromium.launchPersistentContext(profile, {
    executablePath: browserPath(),
    headless: chromiumLaunchOptions.headless,
    args: [...chromiumLaunchOptions.args, '--use-fake-ui-for-media-stream', ...(filmPath === undefined ? [] : camera)],
    viewport: { width: 390, height: 844 },
  });
}

/** The organiser's code becomes this phone's, as on any phone; the camera is not on yet. */
export async function enrol(context: BrowserContext, origin: string): Promise<Page> {
  const cookie = await signInDemo(origin, 'per_demo_owner');
  const fields = { label: 'Bench', gate: 'lane-gate', role: 'gate_steward', until: '12h' };
  const answer = await fetch(origin + pathTo('studioDevices', { slug: benchSlug }), {
    method: 'POST',
    headers: { origin, cookie },
    body: new URLSearchParams(fields),
  });
  const token = /\/gate\/enrol#([\w-]{43})/.exec(await answer.text())?.[1];
  if (token === undefined) throw new Error(`No code for a scanner: ${answer.status}`);
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`${origin}${pathTo('gateEnrol')}#${token}`);
  await page.getByRole('button', { name: scanner.next }).click();
  await page.getByLabel(scanner.nameField).fill('Bench');
  await page.getByRole('button', { name: scanner.begin }).click();
  await page.getByRole('link', { name: scanner.start }).click();
  await page.getByText(handheld.listAge(0)).waitFor();
  return page;
}
