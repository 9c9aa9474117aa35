import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { ticketIdOf } from '#shared/ids.ts';
import { readCode } from '#shared/tickets/verify.ts';
import { hourMs, minuteMs } from '#shared/time.ts';
import { picture } from '#test/support/journey-album.ts';
import { screens, useVisitors } from '#test/support/journey-browser.ts';
import { alter, canalGate, laneGate, scan, ticketInHand } from '#test/support/journey-gate.ts';
import { callObject } from '#test/support/journey-objects.ts';
import { readQr } from '#test/support/journey-qr.ts';
import { deviceOf, eventId, usePhones, type Phone } from '#test/support/journey-scanner.ts';
import { openDays, signInQuickly } from '#test/support/journey-steps.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';

const { devices, floor, gate, handheld, scanner, studio } = messages;
const visitors = useVisitors();
const phones = usePhones();
const event = { slug: openDays.slug } as const;

async function organiser(path: string): Promise<Page> {
  const page = await visitors.arrive({ screen: 'desktop' });
  await signInQuickly(page, 'per_demo_owner');
  await page.goto(path);
  return page;
}

async function aTicket(choice: Parameters<typeof ticketInHand>[1] = {}): Promise<string> {
  return (await ticketInHand(await visitors.arrive(), choice)).code;
}

/** On a screen of these steps there is one thing to press, and nothing to read up on. */
async function onlyButton(page: Page, name: string): Promise<void> {
  const pressable = page.locator('main').locator('button:visible, a.button:visible');
  expect((await pressable.allTextContents()).map((text) => text.trim())).toEqual([name]);
}

// A new steward, no instructions. What takes them time is reading, so each screen asks for one thing.
it('somebody without instructions makes a phone a scanner and lets a person in, in four presses', async () => {
  const code = await aTicket();
  const studioPage = await organiser(pathTo('studioDevices', event));
  await studioPage.getByLabel(devices.label).fill('Lane for a new steward');
  await studioPage.getByLabel(devices.gate, { exact: true }).selectOption(laneGate.id);
  await studioPage.getByRole('button', { name: devices.submit }).click();
  const address = await readQr(studioPage.getByRole('img', { name: devices.qr('Lane for a new steward') }));
  await picture(studioPage, 'enrol-0-code');

  const phone = await visitors.arrive({ screen: 'phone' });
  const began = performance.now();
  await phone.goto(address);
  await phone.getByRole('button', { name: scanner.next }).waitFor();
  await onlyButton(phone, scanner.next);
  await picture(phone, 'enrol-1-offer');
  await phone.getByRole('button', { name: scanner.next }).click();
  await onlyButton(phone, scanner.begin);
  await picture(phone, 'enrol-2-name');
  await phone.getByLabel(scanner.nameField).fill('Efua New');
  await phone.getByRole('button', { name: scanner.begin }).click();
  await phone.getByRole('link', { name: scanner.start }).waitFor();
  await onlyButton(phone, scanner.start);
  await picture(phone, 'enrol-3-done');
  await phone.getByRole('link', { name: scanner.start }).click();
  await phone.getByText('Efua New').waitFor();
  await picture(phone, 'enrol-4-scanner');
  expect(await scan(phone, code)).toMatchObject({ outcome: 'grant' });
  await picture(phone, 'enrol-5-let-in');
  expect(performance.now() - began).toBeLessThan(minuteMs);
});

/** Waits until a phone has on its disk everything the event has told so far. */
async function hasHeard(phone: Phone): Promise<void> {
  const { deviceId } = await deviceOf(phone);
  const { headSeq } = await callObject('EVENT_INVENTORY', eventId, 'readLog', [Number.MAX_SAFE_INTEGER]);
  await expect.poll(() => phone.page.evaluate<number>(heardSeq(deviceId))).toBeGreaterThanOrEqual(headSeq);
}

const heardSeq = (deviceId: string) => `new Promise((resolve) => {
  const opening = indexedDB.open('scanner-${deviceId}');
  opening.onsuccess = () => {
    const reading = opening.result.transaction('state').objectStore('state').get('heardSeq');
    reading.onsuccess = () => { opening.result.close(); resolve(reading.result ?? 0); };
  };
})`;

async function cutOff({ page, context }: Phone): Promise<void> {
  await context.setOffline(true);
  await page.locator('[data-reach=offline]').waitFor();
}

/** The supervisor's page as it stands, in each size and theme. */
async function pictures(page: Page, name: string): Promise<void> {
  for (const screen of ['phone', 'desktop'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      await page.setViewportSize(screens[screen]);
      await page.emulateMedia({ colorScheme: theme });
      await picture(page, `${name}-${screen}-${theme}`, true);
    }
  }
}

// PRD 9.3, 14.2/4, 18/5: what one hears, all hear, without anybody asking.
it('two lanes and whoever supervises them hear of each other at once', async () => {
  const [shared, revoked, ...crowd] = [await aTicket(), await aTicket(), await aTicket(), await aTicket()];
  const elsewhere = await aTicket({ slug: '247gbs-expo', typeId: 'visitor-day-4' });
  const lane = await phones.enrol();
  const chief = await phones.enrol({ gateId: canalGate.id, role: 'supervisor', theme: 'dark' });
  const desk = await organiser(pathTo('studioGates', event));
  await desk.getByRole('heading', { name: lane.label }).waitFor();

  for (const code of crowd) expect(await scan(lane.page, code)).toMatchObject({ outcome: 'grant' });
  for (const code of [crowd[0] ?? '', elsewhere, alter(crowd[0] ?? '', 100), 'https://tickets.example/o/81']) {
    const { outcome } = await scan(lane.page, code);
    expect(['refuse', 'fraud']).toContain(outcome);
    await picture(lane.page, `scanner-${outcome}`);
  }
  await scan(chief.page, crowd[1] ?? '');
  await chief.page.getByText(gate.steps.byHand).click();
  await chief.page.getByLabel(gate.steps.cause).selectOption('queue_safety');
  await picture(chief.page, 'scanner-by-hand');
  await chief.page.getByRole('button', { name: gate.steps.byHandConfirm }).click();
  await chief.page.locator('[data-answer][data-outcome=grant]').waitFor();

  // A word to all of them stands on every screen.
  await desk.getByLabel(floor.messageLabel).fill('Lane two opens now. Send people over.');
  await desk.getByRole('button', { name: floor.send }).click();
  await desk.getByText(floor.sent).waitFor();
  for (const { page } of [lane, chief]) {
    await page.getByText(handheld.announced('Lane two opens now. Send people over.')).waitFor();
  }
  await picture(lane.page, 'scanner-told');

  // What was revoked a moment before the network went is refused without it.
  const ticketId = ticketIdOf(readCode(revoked ?? '')?.header.ticket ?? new Uint8Array());
  await callObject('EVENT_INVENTORY', eventId, 'moveMany', [[{ ticketId, move: 'suspend' }]]);
  await hasHeard(lane);
  await cutOff(lane);
  expect((await scan(lane.page, revoked ?? '')).says).toBe(gate.reasons.suspended.says);
  await picture(lane.page, 'scanner-offline-revoked');

  // Both let the same one in, because neither hears the other; when both are back it is everybody's news.
  expect(await scan(lane.page, shared ?? '')).toMatchObject({ outcome: 'grant' });
  await picture(lane.page, 'scanner-offline-let-in');
  await cutOff(chief);
  expect(await scan(chief.page, shared ?? '')).toMatchObject({ outcome: 'grant' });
  await chief.context.setOffline(false);
  await chief.page.getByText(handheld.waiting(0)).waitFor();
  await lane.context.setOffline(false);
  await lane.page.getByText(handheld.incidents(1)).waitFor();
  await chief.page.getByText(handheld.incidentHeard).waitFor();
  await picture(chief.page, 'scanner-incident');
  await desk.getByText(studio.incidents.kinds.double_admission.says).waitFor();
  // Other journeys at this event let people in by hand too.
  await desk.getByText(/let in by hand\./).waitFor();
  await pictures(desk, 'gates');

  // A list that is over decides nothing, and says what to do.
  await cutOff(chief);
  await chief.page.evaluate(`{ const now = Date.now.bind(Date); Date.now = () => now() + ${13 * hourMs}; }`);
  expect(await scan(chief.page, crowd[0] ?? '')).toMatchObject({ word: handheld.cannot.stale.word });
  await picture(chief.page, 'scanner-list-over');

  // Locked from the desk, it is none within the same moment.
  await desk.getByRole('button', { name: floor.lockOf(lane.label) }).click();
  await lane.page.getByRole('heading', { name: scanner.lockedTitle }).waitFor();
  await picture(lane.page, 'scanner-locked');
}, 120_000);
