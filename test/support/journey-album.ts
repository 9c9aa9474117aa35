import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const album = join(import.meta.dirname, '../screenshots');

/** Pictures for people to look through, each under the name of what it shows. */
export async function picture(page: Page, name: string, fullPage = false): Promise<void> {
  mkdirSync(album, { recursive: true });
  await page.screenshot({ path: join(album, `${name}.png`), fullPage });
}
