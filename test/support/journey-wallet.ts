import type { Locator, Page } from 'playwright-core';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { askForCode, typeCode } from './journey-steps.ts';

/** Signs in by a code, and opens the wallet on the way. */
export async function openWalletOf(page: Page, { email }: { email: string }): Promise<void> {
  await typeCode(page, (await askForCode(page, email)).code);
  const [wallet, welcome] = [pathTo('wallet'), pathTo('welcome')];
  await page.waitForURL(({ pathname }) => pathname === wallet || pathname === welcome);
  // Asked at the first sign-in only.
  if (new URL(page.url()).pathname === welcome) {
    await page.getByRole('link', { name: messages.security.welcome.later }).click();
    await page.waitForURL(`**${wallet}`);
  }
  await listens(page);
}

/** Waits until the page hears of changes. */
export async function listens(page: Page): Promise<void> {
  await page.locator('[data-feed=open]').waitFor();
}

/** A ticket's piece of the wallet, wherever it is sorted to. */
export function pieceOf(page: Page, ticketId: string): Locator {
  return page.locator(`[data-piece="ticket-${ticketId}"]`);
}

/** From an instant to the moment something is seen, in whole milliseconds, printed so that it can be followed over time. */
export async function measured(what: string, sinceMs: number, seen: Promise<unknown>): Promise<number> {
  await seen;
  const tookMs = Date.now() - sinceMs;
  console.log(`${what}: ${tookMs} ms`);
  return tookMs;
}
