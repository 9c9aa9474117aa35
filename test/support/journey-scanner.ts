import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, afterEach, inject } from 'vitest';
import { chromiumLaunchOptions, findChromium } from '#scripts/browser.ts';
import type { DeviceRole } from '#shared/access/device-roles.ts';
import type { Verdict } from '#shared/admission/verdict.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { laneGate } from './journey-gate.ts';
import { callObject } from './journey-objects.ts';
import { openDays, signInQuickly } from './journey-steps.ts';
import { film, type Shot } from './phone-film.ts';
import { readQr } from './journey-qr.ts';

/** Phones that scan: each a browser of its own, with a profile that outlives it and a camera that sees a film. */

const { devices, scanner, handheld } = messages;
export const eventId = 'evt_open_days';

export type Phone = {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly profile: string;
  readonly label: string;
  /** From now on what the event says over its socket is held back; what the phone says arrives nowhere. */
  readonly holdSocket: () => void;
  /** Answers the one scan that was asked since, with a verdict the event never gave. */
  readonly answerSocket: (verdict: Pick<Verdict, 'outcome' | 'reason'>) => void;
};

type PhoneOptions = {
  readonly shots?: readonly Shot[];
  readonly theme?: 'light' | 'dark';
  readonly gateId?: string;
  readonly role?: DeviceRole;
};

export function usePhones() {
  const folders: string[] = [];
  let open: BrowserContext[] = [];
  afterEach(async () => {
    const closing = open;
    open = [];
    await Promise.all(closing.map((context) => context.close().catch(() => undefined)));
  });
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

  async function newFolder(): Promise<string> {
    const made = await mkdtemp(join(tmpdir(), 'expo-phone-'));
    folders.push(made);
    return made;
  }

  /** Switches a phone on: with its profile, and its camera looking at a film. */
  async function switchOn(profile: string, { shots, theme = 'light' }: PhoneOptions = {}): Promise<BrowserContext> {
    const filmPath = join(await newFolder(), 'film.mjpeg');
    if (shots !== undefined) await develop(shots, filmPath);
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: findChromium() ?? '',
      headless: chromiumLaunchOptions.headless,
      args: [
        ...chromiumLaunchOptions.args,
        '--use-fake-ui-for-media-stream',
        ...(shots === undefined
          ? []
          : ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${filmPath}`]),
      ],
      baseURL: inject('serverUrl'),
      viewport: { width: 390, height: 844 },
      colorScheme: theme,
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(15_000);
    open.push(context);
    return context;
  }

  /** An organiser makes a code, and a phone becomes the scanner it describes. */
  async function enrol(options: PhoneOptions = {}): Promise<Phone> {
    const label = `Lane ${crypto.randomUUID().slice(0, 6)}`;
    const profile = await newFolder();
    const context = await switchOn(profile, options);
    const page = context.pages()[0] ?? (await context.newPage());
    const socket = await tapSocket(page);
    await page.goto(await offerCode(label, options));
    await page.getByRole('button', { name: scanner.next }).click();
    await page.getByLabel(scanner.nameField).fill('Yaw Helper');
    await page.getByRole('button', { name: scanner.begin }).click();
    await page.getByRole('link', { name: scanner.start }).click();
    await isCarried(page);
    return { page, context, profile, label, ...socket };
  }

  return { enrol, switchOn };
}

/** Stands between a phone and its event. */
async function tapSocket(page: Page): Promise<Pick<Phone, 'holdSocket' | 'answerSocket'>> {
  let isHeld = false;
  let asked: string | undefined;
  let tell: (text: string) => void = () => undefined;
  await page.routeWebSocket('**/gate/sockets/**', (phone) => {
    const event = phone.connectToServer();
    tell = (text) => phone.send(text);
    phone.onMessage((text) => {
      if (!isHeld) return event.send(text);
      const said = String(text);
      // Signs of life go through: the line is there, and its answer is late.
      if (said === 'ping') return phone.send('pong');
      asked = (JSON.parse(said) as { id?: string }).id;
      return undefined;
    });
    event.onMessage((text) => {
      if (!isHeld) phone.send(text);
    });
  });
  return {
    holdSocket() {
      isHeld = true;
    },
    answerSocket(verdict) {
      if (asked === undefined) throw new Error('The phone asked nothing');
      tell(JSON.stringify({ t: 'verdict', id: asked, verdict: { ...verdict, scannedAtMs: Date.now() } }));
    },
  };
}

/** Waits until the phone has its list and its page: from here on it needs no network. */
export async function isCarried(page: Page): Promise<void> {
  await page.getByText(handheld.reach.online).waitFor();
  await page.getByText(handheld.listAge(0)).waitFor();
  await page.waitForFunction(`caches.match('/gate').then(Boolean)`);
}

/** In a browser of its own: the organiser's. */
async function offerCode(label: string, { gateId = laneGate.id, role }: PhoneOptions): Promise<string> {
  const browser = await chromium.launch({ executablePath: findChromium() ?? '', ...chromiumLaunchOptions });
  try {
    const page = await browser.newPage({ baseURL: inject('serverUrl') });
    await signInQuickly(page, 'per_demo_owner');
    await page.goto(pathTo('studioDevices', { slug: openDays.slug }));
    await page.getByLabel(devices.label).fill(label);
    await page.getByLabel(devices.gate, { exact: true }).selectOption(gateId);
    if (role !== undefined) await page.getByLabel(devices.role).selectOption(role);
    await page.getByRole('button', { name: devices.submit }).click();
    return await readQr(page.getByRole('img', { name: devices.qr(label) }));
  } finally {
    await browser.close();
  }
}

async function develop(shots: readonly Shot[], path: string): Promise<void> {
  const browser = await chromium.launch({ executablePath: findChromium() ?? '', ...chromiumLaunchOptions });
  try {
    await film(browser, shots, path);
  } finally {
    await browser.close();
  }
}

export async function startCamera(page: Page): Promise<void> {
  await page.getByRole('button', { name: handheld.start }).click();
  await page.locator('[data-camera=on]').waitFor();
}

/** The device as the event knows it. */
export async function deviceOf({ label }: Pick<Phone, 'label'>) {
  const known = await callObject('EVENT_INVENTORY', eventId, 'devices', []);
  const device = known.find((other) => other.label === label);
  if (device === undefined) throw new Error(`${label} was not enrolled`);
  return device;
}
