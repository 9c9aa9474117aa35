import type { Page } from 'playwright-core';
import { messages } from '#workers/ui/messages/en.ts';
import { pathTo } from '#workers/routes.ts';
import { readQr } from './journey-qr.ts';
import { bookByApi, openDays, signInQuickly } from './journey-steps.ts';

const { devices, scanner, handheld } = messages;
const owner = 'per_demo_owner';
const event = { slug: openDays.slug } as const;

const asOwner = (path: string) => async (page: Page) => {
  await signInQuickly(page, owner);
  await page.goto(path);
};

async function makeCode(page: Page): Promise<void> {
  await asOwner(pathTo('studioDevices', event))(page);
  await page.getByLabel(devices.label).fill('North 2');
  await page.getByLabel(devices.shared).check();
  await page.getByRole('button', { name: devices.submit }).click();
}

async function enrolShared(page: Page): Promise<void> {
  await makeCode(page);
  await page.goto(await readQr(page.getByRole('img', { name: devices.qr('North 2') })));
  await page.getByRole('button', { name: scanner.begin }).waitFor();
}

/** The pages by which an organiser runs a team and its scanners, and those a scanner sees. */
export const staffPages: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  'studio-teams': asOwner(pathTo('studioTeams')),
  'studio-team': asOwner(pathTo('studioTeam', { businessId: 'biz_common_thread' })),
  'studio-audit': asOwner(pathTo('studioAudit')),
  'studio-pin': asOwner(pathTo('studioPin')),
  'studio-scanner-code': makeCode,
  'studio-scanners': async (page) => {
    await enrolShared(page);
    await page.getByRole('button', { name: scanner.begin }).click();
    await page.getByRole('link', { name: scanner.startShared }).waitFor();
    await page.goto(pathTo('studioDevices', event));
  },
  'studio-orders': asOwner(pathTo('studioOrders')),
  'studio-order': async (page) => {
    const { orderId } = await bookByApi(page, { quantity: 2 });
    await asOwner(pathTo('studioOrder', { orderId }))(page);
  },
  'studio-plans': asOwner(pathTo('studioPlans', event)),
  'studio-gates': asOwner(pathTo('studioGates', event)),
  'studio-ticket-list': async (page) => {
    await bookByApi(page, { quantity: 2 });
    await asOwner(pathTo('studioTicketList', event))(page);
    await page.getByRole('table').waitFor();
  },
  'invitation-over': (page) => page.goto(`${pathTo('staffInvitation')}?t=none`),
  'gate-scanner': async (page) => {
    await asOwner(pathTo('studioDevices', event))(page);
    await page.getByLabel(devices.label).fill('North 3');
    await page.getByRole('button', { name: devices.submit }).click();
    await page.goto(await readQr(page.getByRole('img', { name: devices.qr('North 3') })));
    await page.getByRole('button', { name: scanner.begin }).click();
    await page.getByRole('link', { name: scanner.start }).click();
    await page.getByText(handheld.listAge(0)).waitFor();
  },
  'gate-enrol': enrolShared,
  'gate-shift': async (page) => {
    await enrolShared(page);
    await page.getByRole('button', { name: scanner.begin }).click();
    await page.getByRole('link', { name: scanner.startShared }).click();
    await page.getByLabel(scanner.pin).fill('640718');
    await page.getByRole('button', { name: scanner.takeOver }).click();
    await page.getByRole('alert').waitFor();
  },
};
