import { execFileSync } from 'node:child_process';
import type { BrowserContext, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { useVisitors } from '#test/support/journey-browser.ts';
import { scan, ticketInHand } from '#test/support/journey-gate.ts';
import { callObject } from '#test/support/journey-objects.ts';
import { deviceOf, eventId, usePhones, type Phone } from '#test/support/journey-scanner.ts';
import { openLogDoor, type LogDoor } from '#test/support/log-door.ts';
import { messages } from '#workers/ui/messages/en.ts';

const { handheld, gate, scanner } = messages;
const visitors = useVisitors();
const phones = usePhones();

async function codesOf(count: number): Promise<string[]> {
  const page = await visitors.arrive();
  const found: string[] = [];
  for (let index = 0; index < count; index += 1) found.push((await ticketInHand(page)).code);
  return found;
}

async function goOffline({ context, page }: Phone, door?: LogDoor): Promise<void> {
  if (door !== undefined) door.isReachable = false;
  await context.setOffline(true);
  await page.locator('[data-reach=offline]').waitFor();
}

async function goOnline(context: BrowserContext, door: LogDoor): Promise<void> {
  door.isReachable = true;
  await context.setOffline(false);
}

/** The battery comes out: nothing is said goodbye to. */
function pullBattery(profile: string): void {
  // The folder was made for this phone alone, so only its own browser has it among its arguments.
  const pids = execFileSync('pgrep', ['-f', `user-data-dir=${profile}`], { encoding: 'utf8' })
    .trim()
    .split('\n');
  for (const pid of pids) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It went with its parent.
    }
  }
}

async function unsent(page: Page): Promise<number> {
  return Number(await page.locator('[data-unsent]').getAttribute('data-unsent'));
}

// PRD 18/5: the same judgement without network, and nothing lost whatever happens to the phone.
it('goes on when the network is cut in the middle of a crowd, loses its battery, and loses no scan', async () => {
  const codes = await codesOf(7);
  const [online = '', again = '', ...crowd] = codes;
  const phone = await phones.enrol();
  const { page, profile } = phone;
  const device = await deviceOf(phone);
  expect(await scan(page, online)).toMatchObject({ outcome: 'grant' });
  await goOffline(phone);
  expect(await scan(page, again)).toMatchObject({ outcome: 'grant', facts: expect.stringContaining(handheld.alone) });
  for (const code of crowd.slice(0, 3)) expect(await scan(page, code)).toMatchObject({ outcome: 'grant' });
  // Copies: of one let in with the network, and of one without.
  expect(await scan(page, online)).toMatchObject({ says: gate.reasons.already_admitted.says });
  expect(await scan(page, again)).toMatchObject({ says: gate.reasons.already_admitted.says });
  pullBattery(profile);

  const context = await phones.switchOn(profile);
  await context.setOffline(true);
  const door = await openLogDoor(context, device);
  door.isReachable = false;
  const woken = context.pages()[0] ?? (await context.newPage());
  await woken.goto('/gate');
  await woken.locator('[data-reach=offline]').waitFor();
  await woken.getByText(handheld.waiting(6)).waitFor();
  expect(await scan(woken, crowd[0] ?? '')).toMatchObject({ says: gate.reasons.already_admitted.says });
  for (const code of crowd.slice(3)) expect(await scan(woken, code)).toMatchObject({ outcome: 'grant' });

  // Its answer gets lost the first time: the same records come again, and are known.
  door.loseAnswers = 1;
  await goOnline(context, door);
  await woken.getByText(handheld.waiting(0)).waitFor();
  expect(door.complaints).toEqual([]);
  expect(door.records.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const granted = door.records.filter((record) => record.kind === 'scan' && record.outcome === 'grant');
  const shown = granted.map((record) =>
    record.kind === 'scan' && record.shown.by === 'code' ? record.shown.code : '',
  );
  expect(shown.toSorted()).toEqual([again, ...crowd].toSorted());
  expect(Math.max(...door.deliveries.values())).toBe(2);
});

it('has either written a scan down or shown nothing of it, when its page is killed in the middle', async () => {
  const [code = ''] = await codesOf(1);
  const phone = await phones.enrol();
  const { context, page } = phone;
  const door = await openLogDoor(context, await deviceOf(phone));
  await goOffline(phone, door);
  await page.getByLabel(gate.code).fill(code);
  // No waiting for the answer: the page goes while the scan is being decided.
  void page
    .getByLabel(gate.code)
    .press('Enter')
    .catch(() => undefined);
  await page.close();

  const reopened = await context.newPage();
  await reopened.goto('/gate');
  await reopened.locator('[data-reach=offline]').waitFor();
  const written = await unsent(reopened);
  const answer = await scan(reopened, code);
  expect(answer.outcome).toBe(written === 0 ? 'grant' : 'refuse');
  await goOnline(context, door);
  await reopened.getByText(handheld.waiting(0)).waitFor();
  expect(door.complaints).toEqual([]);
  expect(door.records.filter((record) => record.kind === 'scan' && record.outcome === 'grant')).toHaveLength(1);
});

it('refuses what it heard another gate let in, once its own network is gone', async () => {
  const [code = ''] = await codesOf(1);
  const [one, two] = [await phones.enrol(), await phones.enrol()];
  expect(await scan(one.page, code)).toMatchObject({ outcome: 'grant' });
  // Told over its socket: there is nothing on its screen to wait for.
  await two.page.waitForFunction(heardOf, await deviceOf(two).then(({ deviceId }) => deviceId));
  await goOffline(two);
  expect(await scan(two.page, code)).toMatchObject({ says: gate.reasons.already_admitted.says });
});

/** Runs in the browser, whose types this project does not load. */
async function heardOf(deviceId: string): Promise<boolean> {
  const { indexedDB } = globalThis as unknown as { indexedDB: Databases };
  return new Promise((resolve) => {
    const opening = indexedDB.open(`scanner-${deviceId}`);
    opening.onsuccess = () => {
      const counting = opening.result.transaction('passages').objectStore('passages').count();
      counting.onsuccess = () => {
        opening.result.close();
        resolve(counting.result > 0);
      };
    };
  });
}
type Asked<Result> = { result: Result; onsuccess: (() => void) | null };
type Databases = {
  open(name: string): Asked<{
    close(): void;
    transaction(name: string): { objectStore(name: string): { count(): Asked<number> } };
  }>;
};

it('takes back what it decided alone, and says so in its log', async () => {
  const [code = ''] = await codesOf(1);
  const phone = await phones.enrol();
  const door = await openLogDoor(phone.context, await deviceOf(phone));
  await goOffline(phone, door);
  expect(await scan(phone.page, code)).toMatchObject({ outcome: 'grant' });
  await phone.page.getByRole('button', { name: gate.steps.takeBack }).click();
  await phone.page.getByText(handheld.takenBackHere).waitFor();
  expect(await scan(phone.page, code)).toMatchObject({ outcome: 'grant' });
  await goOnline(phone.context, door);
  await phone.page.getByText(handheld.waiting(0)).waitFor();
  expect(door.records.map(({ kind }) => kind)).toEqual(['scan', 'undo', 'scan']);
  expect(door.records[1]).toMatchObject({ about: door.records[0]?.recordId });
});

it('says loudly when the event, answering late, says otherwise', async () => {
  const [code = ''] = await codesOf(1);
  const phone = await phones.enrol();
  const { page, context } = phone;
  const door = await openLogDoor(context, await deviceOf(phone));
  phone.holdSocket();
  expect(await scan(page, code)).toMatchObject({ outcome: 'grant', facts: expect.stringContaining(handheld.alone) });
  phone.answerSocket({ outcome: 'refuse', reason: 'suspended' });
  await page.getByText(handheld.late.wordOut).waitFor();
  await page.getByText(handheld.waiting(0)).waitFor();
  expect(door.records).toMatchObject([
    { kind: 'scan', because: 'deadline', outcome: 'grant' },
    { kind: 'late_answer', outcome: 'refuse', reason: 'suspended', about: door.records[0]?.recordId },
  ]);
});

it('locked while it was away, is told when it is back, and has nothing left that opens a code', async () => {
  const phone = await phones.enrol();
  const { page, context } = phone;
  const { deviceId } = await deviceOf(phone);
  await goOffline(phone);
  await callObject('EVENT_INVENTORY', eventId, 'revokeDevices', [[{ deviceId, staffId: 'per_supervisor' }]]);
  await context.setOffline(false);
  await page.getByRole('heading', { name: scanner.lockedTitle }).waitFor();
  await page.waitForFunction(isEmptied, deviceId);
  expect(await page.evaluate(`caches.has('gate-1')`)).toBe(false);
});

/** Runs in the browser. Of everything it kept only where its log stands is left. */
async function isEmptied(deviceId: string): Promise<boolean> {
  const { indexedDB } = globalThis as unknown as { indexedDB: KeyDatabases };
  return new Promise((resolve) => {
    const opening = indexedDB.open(`scanner-${deviceId}`);
    opening.onsuccess = () => {
      const listing = opening.result.transaction('state').objectStore('state').getAllKeys();
      listing.onsuccess = () => {
        opening.result.close();
        resolve(listing.result.every((name) => name === 'head'));
      };
    };
  });
}
type KeyDatabases = {
  open(name: string): Asked<{
    close(): void;
    transaction(name: string): { objectStore(name: string): { getAllKeys(): Asked<string[]> } };
  }>;
};
