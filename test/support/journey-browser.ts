import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { chromiumLaunchOptions, findChromium } from '#scripts/browser.ts';

export const screens = {
  phone: { width: 360, height: 780 },
  tablet: { width: 768, height: 1024 },
  desktop: { width: 1440, height: 900 },
} as const;

export type VisitorOptions = {
  readonly screen?: keyof typeof screens;
  readonly javaScript?: boolean;
  readonly theme?: 'light' | 'dark';
};

export type Visitors = {
  /** A person with a browser profile of their own, on a blank page. */
  readonly arrive: (options?: VisitorOptions) => Promise<Page>;
};

/**
 * A Chromium for the tests of a file. After each test every page must have been free of script errors, of refusals by
 * its Content-Security-Policy and of pictures, styles and scripts that did not load.
 */
export function useVisitors(): Visitors {
  let browser: Browser | undefined;
  let contexts: BrowserContext[] = [];
  let complaints: string[] = [];
  const running = (): Browser => {
    if (browser === undefined) throw new Error('Visitors arrive within a test: the browser is not running yet.');
    return browser;
  };
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterEach(async () => {
    const [opened, heard] = [contexts, complaints];
    [contexts, complaints] = [[], []];
    await Promise.all(opened.map((context) => context.close()));
    expect(heard).toEqual([]);
  });
  afterAll(() => browser?.close());

  async function arrive({ screen = 'phone', javaScript = true, theme = 'light' }: VisitorOptions = {}): Promise<Page> {
    const context = await running().newContext({
      baseURL: inject('serverUrl'),
      viewport: screens[screen],
      javaScriptEnabled: javaScript,
      colorScheme: theme,
      reducedMotion: 'reduce',
    });
    // A page that keeps somebody waiting longer than this is broken, not slow.
    context.setDefaultTimeout(15_000);
    contexts.push(context);
    context.on('page', (page) => listen(page, (complaint) => complaints.push(complaint)));
    return context.newPage();
  }
  return { arrive };
}

async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error('No Chromium on this machine: install one, or name it in CHROMIUM_PATH. Journeys are not skipped.');
  }
  return chromium.launch({ executablePath, ...chromiumLaunchOptions });
}

function listen(page: Page, complain: (complaint: string) => void): void {
  page.on('pageerror', (error) => complain(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    // Failed loads are told better below, with what it was that did not load.
    const isLoad = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isLoad) complain(`${page.url()}: ${message.text()}`);
  });
  page.on('response', (response) => {
    const isPart = ['image', 'stylesheet', 'script', 'font', 'media'].includes(response.request().resourceType());
    if (isPart && response.status() >= 400) complain(`${response.status()} ${response.url()}`);
  });
}
