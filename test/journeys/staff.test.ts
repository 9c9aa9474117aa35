import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { unstable_readConfig as readConfig } from 'wrangler';
import { linkIn } from '#scripts/journey/mailbox.ts';
import { useVisitors } from '#test/support/journey-browser.ts';
import { laneGate, scan, ticketInHand } from '#test/support/journey-gate.ts';
import { callObject } from '#test/support/journey-objects.ts';
import { readQr } from '#test/support/journey-qr.ts';
import { newPerson, openDays, readMail, signInQuickly, typeCode } from '#test/support/journey-steps.ts';
import { signToken } from '#workers/keys/signed-token.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';

const { team, devices, scanner, pin, audit } = messages;
const owner = 'per_demo_owner';
const steward = 'per_demo_steward';
const businessId = 'biz_common_thread';
const event = { slug: openDays.slug } as const;
const visitors = useVisitors();

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });

async function arriveAs(personId: string, path: string, screen: 'phone' | 'desktop' = 'desktop'): Promise<Page> {
  const page = await visitors.arrive({ screen });
  await signInQuickly(page, personId);
  await page.goto(path);
  return page;
}

/** The organiser fills in what the scanner is, and a code stands on the screen. */
async function makeCode(page: Page, label: string, isShared = false): Promise<string> {
  await page.goto(pathTo('studioDevices', event));
  await page.getByLabel(devices.label).fill(label);
  await page.getByLabel(devices.gate, { exact: true }).selectOption(laneGate.id);
  if (isShared) await page.getByLabel(devices.shared).check();
  await page.getByRole('button', { name: devices.submit }).click();
  return readQr(page.getByRole('img', { name: devices.qr(label) }));
}

const newLabel = (name: string) => `${name} ${crypto.randomUUID().slice(0, 6)}`;

// PRD 15.2: staff come by invitation, and see what their role lets them.
it('invites somebody, who accepts and finds the studio', async () => {
  const organiser = await arriveAs(owner, pathTo('studioTeam', { businessId }));
  const hired = newPerson();
  await organiser.getByLabel(team.email).fill(hired.email);
  await organiser.getByLabel(team.roles.manager.name).check();
  await organiser.getByRole('button', { name: team.inviteSubmit }).click();
  await organiser.getByText(team.did.invited).waitFor();
  await organiser.getByRole('heading', { name: hired.email }).waitFor();

  const page = await visitors.arrive({ screen: 'phone' });
  const mail = await readMail(page, hired.email, /./);
  await page.goto(linkIn(mail.text, pathTo('staffInvitation')));
  await heading(page, /^Join/).waitFor();
  await page.getByRole('link', { name: team.accept.signInButton }).click();
  await page.getByLabel(messages.signIn.email).fill(hired.email);
  await page.getByRole('button', { name: messages.signIn.send }).click();
  const { subject } = await readMail(page, hired.email, /^\d{6}/);
  await typeCode(page, subject.slice(0, 6));
  await page
    .getByRole('button', { name: team.accept.button })
    .or(page.getByRole('link', { name: messages.security.welcome.later }))
    .first()
    .waitFor();
  const later = page.getByRole('link', { name: messages.security.welcome.later });
  if (await later.isVisible()) await later.click();
  await page.getByRole('button', { name: team.accept.button }).click();
  await heading(page, messages.studio.title).waitFor();

  await organiser.reload();
  await organiser.locator('.member', { hasText: hired.email }).getByRole('combobox').waitFor();
  expect(await organiser.getByText(team.openNone).count()).toBe(1);
});

describe('a phone', () => {
  it('becomes a scanner by the code on the screen, scans, and is locked', async () => {
    const { code } = await ticketInHand(await visitors.arrive());
    const organiser = await arriveAs(owner, pathTo('studio'));
    const label = newLabel('North');
    const address = await makeCode(organiser, label);

    const phone = await visitors.arrive({ screen: 'phone' });
    await phone.goto(address);
    await heading(phone, scanner.offer(label)).waitFor();
    // What it read is out of the address bar, and so of its history.
    expect(new URL(phone.url()).hash).toBe('');
    await phone.getByText(scanner.step(1, 2)).waitFor();
    await phone.getByRole('button', { name: scanner.next }).click();
    await phone.getByLabel(scanner.nameField).fill('Yaw Helper');
    await phone.getByRole('button', { name: scanner.begin }).click();
    await heading(phone, scanner.done).waitFor();
    await phone.getByRole('link', { name: scanner.start }).click();
    await phone.getByText('Yaw Helper').waitFor();
    expect(await scan(phone, code)).toMatchObject({ outcome: 'grant' });

    const second = await visitors.arrive({ screen: 'phone' });
    await second.goto(address);
    await heading(second, messages.scanner.failed)
      .or(second.getByText(/used up/))
      .first()
      .waitFor();

    await organiser.goto(pathTo('studioDevices', event));
    const row = organiser.locator('.scanner', { hasText: label });
    await row.getByText('Yaw Helper').waitFor();
    await row.getByRole('button', { name: devices.lockOf(label) }).click();
    await organiser.getByText(devices.locked).waitFor();

    // It hears so over its socket, without another scan.
    await heading(phone, scanner.lockedTitle).waitFor();
    expect((await phone.goto(pathTo('gateEvent', event)))?.status()).toBe(403);
  });

  it('that slept past its ten minutes shows its key by itself, and the page it asked for opens', async () => {
    const organiser = await arriveAs(owner, pathTo('studio'));
    const label = newLabel('Sleepy');
    const address = await makeCode(organiser, label, true);
    const phone = await visitors.arrive({ screen: 'phone' });
    await phone.goto(address);
    await phone.getByRole('button', { name: scanner.begin }).click();
    await heading(phone, scanner.done).waitFor();
    await letSleep(phone, label);
    const asked = phone.waitForResponse((response) => response.status() === 204);
    await phone.goto(pathTo('gateShift', event));
    await heading(phone, scanner.shiftTitle).waitFor();
    expect(new URL((await asked).url()).pathname).toBe(pathTo('gateProof'));
  });

  it('with a copied cookie and no key is no scanner', async () => {
    const organiser = await arriveAs(owner, pathTo('studio'));
    const label = newLabel('Copied');
    const phone = await visitors.arrive({ screen: 'phone' });
    await phone.goto(await makeCode(organiser, label, true));
    await phone.getByRole('button', { name: scanner.begin }).click();
    await heading(phone, scanner.done).waitFor();
    const thief = await visitors.arrive({ screen: 'phone' });
    await letSleep(thief, label);
    await thief.goto(pathTo('gateShift', event));
    await thief.getByText(scanner.proofFailed).waitFor();
    expect(await thief.getByLabel(scanner.pin).count()).toBe(0);
  });
});

/** Leaves the browser with the cookie its scanner has once ten minutes have gone by. */
async function letSleep(page: Page, label: string): Promise<void> {
  const eventId = 'evt_open_days';
  const known = await callObject('EVENT_INVENTORY', eventId, 'devices', []);
  const deviceId = known.find((device) => device.label === label)?.deviceId;
  const config = readConfig({ config: 'wrangler.toml', env: 'local' }, { hideWarnings: true });
  const masterKey = Buffer.from(String(config.vars['MASTER_KEY']), 'base64');
  const value = await signToken(masterKey, 'gate-device', { deviceId, eventId, expiresAtMs: Date.now() - 1 });
  const url = inject('serverUrl').replace('http://', 'https://');
  await page.context().addCookies([{ name: '__Host-gate', value, url, secure: true, httpOnly: true }]);
}

async function setPin(page: Page, digits: string): Promise<void> {
  const place = page.getByRole('option', { name: /^Common Thread/ });
  await page.getByLabel(pin.business).selectOption((await place.getAttribute('value')) ?? '');
  await page.getByLabel(pin.field).fill(digits);
  await page.getByRole('button', { name: pin.submit }).click();
  await page.getByText(pin.saved).waitFor();
}

it('shares a scanner by PIN: nobody, then Kit, then nobody again', async () => {
  const { code } = await ticketInHand(await visitors.arrive());
  const kit = await arriveAs(steward, pathTo('studioPin'), 'phone');
  await setPin(kit, '807264');

  const organiser = await arriveAs(owner, pathTo('studio'));
  const phone = await visitors.arrive({ screen: 'phone' });
  await phone.goto(await makeCode(organiser, newLabel('Desk'), true));
  await phone.getByText(scanner.sharedNote).waitFor();
  await phone.getByRole('button', { name: scanner.begin }).click();
  await phone.getByRole('link', { name: scanner.startShared }).click();
  await phone.getByLabel(scanner.pin).fill('640718');
  await phone.getByRole('button', { name: scanner.takeOver }).click();
  await phone.getByRole('alert').getByText(scanner.pinUnknown).waitFor();
  await phone.getByLabel(scanner.pin).fill('807264');
  await phone.getByRole('button', { name: scanner.takeOver }).click();
  await phone.getByText('Kit Oyelaran').waitFor();
  expect(await scan(phone, code)).toMatchObject({ outcome: 'grant' });
  await phone.getByRole('button', { name: scanner.endShift }).click();
  await heading(phone, scanner.shiftTitle).waitFor();

  await organiser.goto(`${pathTo('studioAudit')}?action=scanner.shift_changed`);
  await organiser.getByRole('cell', { name: audit.actions['scanner.shift_changed'] }).first().waitFor();
  expect(await organiser.getByRole('link', { name: 'Kit Oyelaran' }).count()).toBeGreaterThan(0);
});
