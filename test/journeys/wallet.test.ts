import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { minuteMs } from '#shared/time.ts';
import { readHandle } from '#shared/tickets/handle.ts';
import { useVisitors, type VisitorOptions } from '#test/support/journey-browser.ts';
import { anyTwoDays } from '#test/support/journey-bank.ts';
import { readCode128 } from '#test/support/journey-code-128.ts';
import { laneGate, openGate, scan, steward as kit } from '#test/support/journey-gate.ts';
import { readQr } from '#test/support/journey-qr.ts';
import { bookByApi, signInQuickly } from '#test/support/journey-steps.ts';
import { pieceOf } from '#test/support/journey-wallet.ts';
import { printedCodeLength } from '#shared/tickets/code.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.ticket.wallet;
const visitors = useVisitors();

const ways: [string, VisitorOptions][] = [
  ['with its island', {}],
  ['without JavaScript', { javaScript: false }],
];

const section = (page: Page, title: string) =>
  page.locator('section', { has: page.getByRole('heading', { level: 2, name: title, exact: true }) });

describe.each(ways)('the wallet %s', (_way, options) => {
  it('has the code of today at the top, those of later below, and seats that wait for their order', async () => {
    const page = await visitors.arrive(options);
    const later = await bookByApi(page, { slug: '247gbs-expo', typeId: 'visitor-day-4' });
    const today = await bookByApi(page);
    await bookByApi(page, { ...anyTwoDays });
    await page.goto(pathTo('wallet'));
    const titles = await page.getByRole('heading', { level: 2 }).allTextContents();
    expect(titles.slice(0, 2)).toEqual([words.today, words.reserved]);

    const pass = pieceOf(page, today.tickets[0]?.ticketId ?? '');
    const picture = pass.getByRole('img', { name: messages.ticket.qrLabel });
    // Without a scroll, which taking its picture would do.
    const box = await picture.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(780);
    expect(box?.width).toBeGreaterThan(250);
    expect(await readQr(picture)).toHaveLength(printedCodeLength);

    const waiting = section(page, words.reserved);
    await waiting.getByText(messages.ticket.status.reserved, { exact: true }).waitFor();
    expect(await waiting.getByRole('link', { name: words.finish }).getAttribute('href')).toMatch(/^\/orders\//);
    const ticketId = later.tickets[0]?.ticketId ?? '';
    expect(await section(page, words.upcoming).locator(`[data-piece="ticket-${ticketId}"]`).count()).toBe(1);
  });

  it('shows several people of one order one after another', async () => {
    const page = await visitors.arrive(options);
    await bookByApi(page, { quantity: 4 });
    await page.goto(pathTo('wallet'));
    const inView = async () => {
      const boxes = await Promise.all((await page.locator('.pass').all()).map((pass) => pass.boundingBox()));
      return boxes.findIndex((box) => (box?.x ?? -1) >= 0);
    };
    await page.getByText(words.position(1, 4), { exact: true }).waitFor();
    expect(await inView()).toBe(0);
    for (const next of [2, 3, 4]) {
      const from = page.locator('.pass').nth(next - 2);
      await from.getByRole('link', { name: words.next(next), exact: true }).click();
      await expect.poll(inView).toBe(next - 1);
    }
  });
});

describe.each(ways)('a ticket %s', (_way, options) => {
  it('draws the number as bars, for scanners that read nothing else', async () => {
    const page = await visitors.arrive(options);
    const { tickets } = await bookByApi(page);
    const [ticket] = tickets;
    await page.goto(pathTo('wallet'));
    const pass = pieceOf(page, ticket?.ticketId ?? '');
    const bars = pass.getByRole('img', { name: /^Barcode/ });
    expect(await bars.isVisible()).toBe(false);
    await pass.getByText(words.barcode).click();
    await bars.scrollIntoViewIfNeeded();
    await expect.poll(async () => (await bars.boundingBox())?.width).toBeGreaterThan(200);
    await page.waitForLoadState('networkidle');
    const read = await readCode128(bars);
    expect(read).toBe(ticket?.handle);
    expect(readHandle(read)).toBe(ticket?.handle);
  });

  it('tells its holder, and nobody else, when and where it was used', async () => {
    const page = await visitors.arrive(options);
    const { orderId, tickets } = await bookByApi(page);
    const path = pathTo('ticket', { orderId, ticketId: tickets[0]?.ticketId ?? '' });
    await page.goto(path);
    await page.getByText(words.historyEmpty).waitFor();
    const steward = await visitors.arrive();
    await signInQuickly(steward, kit.id);
    await openGate(steward);
    await scan(steward, tickets[0]?.handle ?? '');
    // Refused: the gate's business, and no entry.
    await scan(steward, tickets[0]?.handle ?? '');
    const entries = page.locator('.ticket-history li');
    await expect
      .poll(async () => {
        await page.goto(path);
        return entries.allTextContents();
      })
      .toEqual([expect.stringContaining(laneGate.name)]);
    expect((await steward.goto(path))?.status()).toBe(404);
    const barcode = await steward.goto(pathTo('ticketBarcode', { orderId, ticketId: tickets[0]?.ticketId ?? '' }));
    expect(barcode?.status()).toBe(404);
  });
});

it('looks again when time alone has changed what it shows', async () => {
  const page = await visitors.arrive();
  await page.clock.install();
  await bookByApi(page);
  await page.goto(pathTo('wallet'));
  const turn = Number(await page.locator('[data-wallet]').getAttribute('data-turn'));
  expect(turn).toBeGreaterThan(Date.now());
  const looked = page.waitForRequest((request) => request.url().endsWith(pathTo('wallet')));
  await page.clock.fastForward(turn - Date.now() + minuteMs);
  await looked;
});
