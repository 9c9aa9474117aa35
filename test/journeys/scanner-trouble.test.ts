import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { hourMs, minuteMs } from '#shared/time.ts';
import { useVisitors } from '#test/support/journey-browser.ts';
import { scan, ticketInHand } from '#test/support/journey-gate.ts';
import { deviceOf, usePhones } from '#test/support/journey-scanner.ts';
import { openLogDoor } from '#test/support/log-door.ts';
import { messages } from '#workers/ui/messages/en.ts';

const { handheld, gate } = messages;
const visitors = useVisitors();
const phones = usePhones();

async function aTicket(choice: Parameters<typeof ticketInHand>[1] = {}): Promise<{ code: string; handle: string }> {
  return ticketInHand(await visitors.arrive(), choice);
}

async function offline(page: Page): Promise<void> {
  await page.context().setOffline(true);
  await page.locator('[data-reach=offline]').waitFor();
}

/** Somebody turns the phone's clock while it runs. */
async function turnClock(page: Page, byMs: number): Promise<void> {
  await page.evaluate(`{ const now = Date.now.bind(Date); Date.now = () => now() + ${byMs}; }`);
}

it('with a wrong clock says so, decides by the event’s, and states both in its log', async () => {
  const { code } = await aTicket();
  const phone = await phones.enrol();
  const { page, context } = phone;
  const door = await openLogDoor(context, await deviceOf(phone));
  await context.addInitScript(`{ const now = Date.now.bind(Date); Date.now = () => now() + ${5 * minuteMs}; }`);
  await page.reload();
  await page.getByText(handheld.drift(5, true)).waitFor();
  await offline(page);
  expect(await scan(page, code)).toMatchObject({ outcome: 'grant' });
  await context.setOffline(false);
  await page.getByText(handheld.waiting(0)).waitFor();
  const [record] = door.records;
  const offsetMs = record?.clock?.offsetMs ?? 0;
  expect(Math.abs(offsetMs + 5 * minuteMs)).toBeLessThan(5_000);
  expect(Math.abs((record?.deviceAtMs ?? 0) + offsetMs - Date.now())).toBeLessThan(minuteMs);
});

it('whose clock was set back while it was alone says so, and claims no drift it cannot know', async () => {
  const { code } = await aTicket();
  const phone = await phones.enrol();
  const { page, context } = phone;
  const door = await openLogDoor(context, await deviceOf(phone));
  door.isReachable = false;
  await offline(page);
  await turnClock(page, -hourMs);
  expect(await scan(page, code)).toMatchObject({ outcome: 'grant' });
  await page.getByText(handheld.setBack).waitFor();
  door.isReachable = true;
  await context.setOffline(false);
  await page.getByText(handheld.waiting(0)).waitFor();
  expect(door.records[0]).not.toHaveProperty('clock');
});

it('left alone for longer than its list is good decides nothing by it', async () => {
  const { code } = await aTicket();
  const { page } = await phones.enrol();
  await offline(page);
  await turnClock(page, 13 * hourMs);
  expect(await scan(page, code)).toMatchObject({ outcome: 'problem', word: handheld.cannot.stale.word });
  await page.getByText(handheld.listOver).waitFor();
});

it('without room shows no answer it could not write down, and goes on with network', async () => {
  const { code } = await aTicket();
  const { page, context } = await phones.enrol();
  // As a browser refuses it. To fill a disk to its last byte would stop the browser itself.
  await page.evaluate(
    `IDBObjectStore.prototype.add = () => { throw new DOMException('no room', 'QuotaExceededError'); }`,
  );
  await offline(page);
  // Twice the same: nothing of the first is remembered.
  for (const _ of [1, 2]) {
    expect(await scan(page, code)).toMatchObject({ outcome: 'problem', word: handheld.cannot.full.word });
  }
  await context.setOffline(false);
  await page.locator('[data-reach=online]').waitFor();
  expect(await scan(page, code)).toMatchObject({ outcome: 'grant' });
});

it('says without network whose code it is, and that a typed number needs it', async () => {
  const { handle } = await aTicket();
  const elsewhere = await aTicket({ slug: '247gbs-expo', typeId: 'visitor-day-4' });
  const { page } = await phones.enrol();
  await offline(page);
  const other = await scan(page, elsewhere.code);
  expect(other).toMatchObject({ says: gate.reasons.wrong_event.says });
  expect(other.facts).toContain('247GBS Expo');
  const link = await scan(page, 'https://tickets.example/o/81?who=ada');
  expect(link).toMatchObject({ says: gate.reasons.unreadable_code.says });
  expect(link.facts).toContain(handheld.foreign.link('tickets.example'));
  expect(await scan(page, handle)).toMatchObject({ says: gate.reasons.code_required.says });
});

it('hears a scanner that types wherever the focus is, and one whose trigger is held once', async () => {
  const [one, two] = [await aTicket(), await aTicket()];
  const { page } = await phones.enrol();
  const type = async (code: string) => {
    await page.keyboard.type(code);
    await page.keyboard.press('Enter');
  };
  await page.getByRole('button', { name: handheld.start }).focus();
  await type(one.code);
  await page.locator('[data-answer][data-outcome=grant]').waitFor();
  await page.getByLabel(gate.code).focus();
  for (const { code } of [two, two, two]) await type(code);
  await page.locator('.gate-recent li').nth(1).waitFor({ state: 'attached' });
  expect(await page.locator('[data-answer]').getAttribute('data-outcome')).toBe('grant');
  expect(await page.getByLabel(gate.code).inputValue()).toBe('');
  expect(await page.locator('.gate-recent li').count()).toBe(2);
});

it('opened twice scans in the window opened last', async () => {
  const { page, context } = await phones.enrol();
  const second = await context.newPage();
  await second.goto(page.url());
  await page.getByText(handheld.elsewhere).waitFor();
  await page.getByRole('button', { name: handheld.goOnHere }).click();
  await second.getByText(handheld.elsewhere).waitFor();
  expect(await page.getByText(handheld.elsewhere).count()).toBe(0);
});

it('asked in its first moment waits for the event, though it has no list yet', async () => {
  const { code } = await aTicket();
  const { page, context } = await phones.enrol();
  const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>();
  // As on the day it is enrolled: nothing kept, and the event not heard yet by either way.
  await page.evaluate(`Promise.all([caches.delete('gate-1'), indexedDB.databases().then((all) => all
    .filter(({ name }) => name.startsWith('scanner-')).map(({ name }) => indexedDB.deleteDatabase(name)))])`);
  await context.route('**/manifest', (route) => mayAnswer.then(() => route.continue()));
  await page.routeWebSocket('**/gate/sockets/**', async (socket) => {
    await mayAnswer;
    socket.connectToServer();
  });
  await page.reload();
  await page.getByLabel(gate.code).fill(code);
  await page.getByLabel(gate.code).press('Enter');
  await page.locator('[data-answer][data-outcome=checking]').waitFor();
  await page.locator('[data-reach=connecting]').waitFor();
  answer();
  await page.locator('[data-answer]:not([data-outcome=checking])').waitFor();
  expect(await page.locator('[data-answer]').getAttribute('data-outcome')).toBe('grant');
});
