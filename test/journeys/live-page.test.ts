import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { stepAt } from '#shared/tickets/steps.ts';
import { useVisitors } from '#test/support/journey-browser.ts';
import { laneGate, openGate, scan, setDirection, steward } from '#test/support/journey-gate.ts';
import { activateHere, lamplighter, liveQr, nightOwl, openLiveTicket, readLive } from '#test/support/journey-live.ts';
import { callObject, orderNow } from '#test/support/journey-objects.ts';
import { signInQuickly } from '#test/support/journey-steps.ts';
import { listens, measured } from '#test/support/journey-wallet.ts';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.ticket.wallet;
const visitors = useVisitors();

/** What is promised is a second. A busy machine's second is longer; the figure printed is the one to follow. */
const slackMs = 5_000;

async function atTheGate(): Promise<Page> {
  const page = await visitors.arrive();
  await signInQuickly(page, steward.id);
  await openGate(page);
  return page;
}

/** A phone that shows its code and hears of changes, marked so that a reload would be noticed. */
async function phoneInHand(typeId: string) {
  const phone = await visitors.arrive();
  const ticket = await openLiveTicket(phone, typeId);
  await activateHere(phone);
  await listens(phone);
  await phone.evaluate('globalThis.isSameDocument = true');
  return { phone, ...ticket };
}

const isSameDocument = (page: Page) => page.evaluate('globalThis.isSameDocument === true');
const stepShown = async (page: Page) => Number(await liveQr(page).getAttribute('data-step'));

async function move(orderId: string, ticketId: string, to: 'suspend' | 'reinstate'): Promise<void> {
  const { snapshot } = await orderNow(orderId);
  const moves = [{ ticketId, move: to }];
  const [answer] = await callObject('EVENT_INVENTORY', snapshot.sections[0]?.inventoryId ?? '', 'moveMany', [moves]);
  expect(answer?.ok).toBe(true);
}

// PRD 8.3, 15.1/2: the page held out at the gate hears of the scan, and its code goes on under it.
describe('an open page with a live code', () => {
  it('says that it was scanned, and goes on making codes for coming back in', async () => {
    const { phone } = await phoneInHand(nightOwl);
    const lane = await atTheGate();
    const { text } = await readLive(phone);
    const scannedAt = Date.now();
    expect((await scan(lane, text)).outcome).toBe('grant');
    const said = phone.locator('.status-line', { hasText: words.says.inAt(laneGate.name, '').replace(/[ ,.]+$/, '') });
    expect(
      await measured('from a live code at the gate to the page that says so', scannedAt, said.waitFor()),
    ).toBeLessThan(slackMs);
    await phone.locator('.ticket-history li').getByText(laneGate.name).waitFor();

    // Drawn by the script that ran before the scan: a code of now, and the next one after it.
    const before = await stepShown(phone);
    expect(Math.abs(before - stepAt(Date.now()))).toBeLessThanOrEqual(1);
    await expect.poll(() => stepShown(phone), { timeout: 15_000 }).toBeGreaterThan(before);
    expect(await isSameDocument(phone)).toBe(true);

    await setDirection(lane, 'out');
    expect((await scan(lane, (await readLive(phone)).text)).word).toBe(messages.gate.reasons.exited.word);
    await setDirection(lane, 'in');
    expect((await scan(lane, (await readLive(phone)).text)).outcome).toBe('grant');
  });

  it('loses its code when the ticket is put on hold, and has it back by itself afterwards', async () => {
    const { phone, orderId, ticketId } = await phoneInHand(lamplighter);
    await move(orderId, ticketId, 'suspend');
    await phone.locator('.status-line', { hasText: words.says.suspended }).waitFor();
    expect(await liveQr(phone).count()).toBe(0);
    await move(orderId, ticketId, 'reinstate');
    const { text } = await readLive(phone);
    expect(await isSameDocument(phone)).toBe(true);
    expect((await scan(await atTheGate(), text)).outcome).toBe('grant');
  });
});
