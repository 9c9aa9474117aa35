import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { liveCodeLength, readLiveCode, type LiveCode } from '#shared/tickets/live-code.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { readQr } from './journey-qr.ts';
import { bookByApi, openDays } from './journey-steps.ts';

/** Phones that bear tickets, as their owners hold them. */

const words = messages.liveCode;

export const lamplighter = 'lamplighters-round';
export const nightOwl = 'all-night-pass';

export type LiveTicket = { readonly orderId: string; readonly ticketId: string; readonly path: string };

/** Books a ticket that only a phone shows, and opens its page. */
export async function openLiveTicket(page: Page, typeId: string = lamplighter): Promise<LiveTicket> {
  const { orderId, tickets } = await bookByApi(page, { slug: openDays.slug, typeId });
  const ticketId = tickets[0]?.ticketId ?? '';
  const path = pathTo('ticket', { orderId, ticketId });
  await page.goto(path);
  return { orderId, ticketId, path };
}

export const pressable = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

/** Presses what makes this phone the one that shows the ticket, and waits for its code. */
export async function activateHere(page: Page, button: string = words.offer.action): Promise<void> {
  await pressable(page, button).click();
  await liveQr(page).waitFor();
}

export const liveQr = (page: Page): Locator => page.locator(`[role=img][data-step][aria-label="${words.label}"]`);

/** The code on the screen, read from its pixels. */
export async function readLive(page: Page): Promise<{ text: string; code: LiveCode }> {
  await liveQr(page).waitFor();
  const text = await readQr(liveQr(page));
  expect(text).toHaveLength(liveCodeLength);
  const code = readLiveCode(text);
  if (code === undefined) throw new Error('What the screen shows is no live code');
  return { text, code };
}
