import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { isFull } from '#test/support/full-run.ts';
import { screens, useVisitors } from '#test/support/journey-browser.ts';
import { everyPage, usualPages } from '#test/support/journey-pages.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const album = join(import.meta.dirname, '../screenshots');
mkdirSync(album, { recursive: true });

const pages = Object.entries(everyPage).filter(([name]) => isFull || usualPages.has(name));

type Look = { readonly screen: keyof typeof screens; readonly theme: 'light' | 'dark' };

/** Both themes and both ends of the range each time; every combination in the full run. */
const looks: Look[] = isFull
  ? (['phone', 'tablet', 'desktop'] as const).flatMap((screen) => [
      { screen, theme: 'light' },
      { screen, theme: 'dark' },
    ])
  : [
      { screen: 'phone', theme: 'light' },
      { screen: 'desktop', theme: 'dark' },
    ];

const visitors = useVisitors();

// PRD 18: WCAG 2.2 AA, on the phones people have.
it.each(pages)('%s is accessible and fits the screen', async (name, open) => {
  const page = await visitors.arrive();
  await open(page);
  for (const { screen, theme } of looks) {
    await page.setViewportSize(screens[screen]);
    await page.emulateMedia({ colorScheme: theme });
    await showEverything(page);
    await page.screenshot({ path: join(album, `${name}-${screens[screen].width}-${theme}.png`), fullPage: true });
    expect({ screen, theme, overflowPx: await overflow(page) }).toEqual({ screen, theme, overflowPx: 0 });
    expect({ screen, theme, violations: await violations(page) }).toEqual({ screen, theme, violations: [] });
  }
});

/** Pictures below the fold wait for a reader to scroll; a screenshot does not. */
async function showEverything(page: Page): Promise<void> {
  await page.evaluate(`Promise.all([...document.images].map((image) => {
    image.loading = 'eager';
    return image.decode().catch(() => undefined);
  }))`);
}

function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).withTags(rules).setLegacyMode(true).analyze();
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}
