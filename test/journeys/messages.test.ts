import type { CDPSession, Page } from 'playwright-core';
import { expect, inject, it } from 'vitest';
import { useVisitors } from '#test/support/journey-browser.ts';
import { bookByApi, readMail, signInQuickly } from '#test/support/journey-steps.ts';
import { local } from '#workers/local/messages.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.undelivered;
const switchWords = messages.push;
const visitors = useVisitors();

/** The mailbox answers these addresses with the status they name. */
const refusedAddress = 'http422@trouble.example';

async function letterAbout(page: Page, orderId: string) {
  const letter = page.locator('.letters li').filter({ hasText: orderId });
  await expect
    .poll(
      async () => {
        await page.goto(pathTo('studioMessages'));
        return letter.count();
      },
      { timeout: 15_000 },
    )
    .toBe(1);
  return letter;
}

it('shows the platform’s people what could not be delivered; they send it again once, or let it go', async () => {
  const buyer = await visitors.arrive();
  const { orderId } = await bookByApi(buyer, {}, { name: 'Ama Unreachable', email: refusedAddress });

  const operator = await visitors.arrive({ screen: 'desktop' });
  await signInQuickly(operator, 'per_demo_platform');
  await operator.goto(pathTo('studio'));
  await operator.getByRole('link', { name: words.link }).click();
  await operator.getByRole('heading', { level: 1, name: words.title }).waitFor();

  const first = await letterAbout(operator, orderId);
  expect(await first.textContent()).toContain('Resend answered 422');
  expect(await operator.content()).not.toContain(refusedAddress);
  const colleague = await visitors.arrive({ javaScript: false });
  await signInQuickly(colleague, 'per_demo_platform');
  const same = await letterAbout(colleague, orderId);
  await first.getByRole('button', { name: words.again }).click();
  await operator.waitForURL(`**${pathTo('studioMessages')}`);

  // The colleague's page is older than what was done: pressing there must not send a second time.
  await same.getByRole('button', { name: words.letGo }).click();
  await colleague.getByRole('alert').waitFor();
  // Refused again, it is back as a new letter, which goes for good.
  const again = await letterAbout(operator, orderId);
  await again.getByRole('button', { name: words.letGo }).click();
  await operator.waitForURL(`**${pathTo('studioMessages')}`);
  expect(await operator.locator('.letters li').filter({ hasText: orderId }).count()).toBe(0);
});

it('keeps the page of undelivered messages from an organiser', async () => {
  const owner = await visitors.arrive();
  await signInQuickly(owner, 'per_demo_owner');
  const response = await owner.goto(pathTo('studioMessages'));
  expect(response?.status()).toBe(403);
  await owner.goto(pathTo('studio'));
  expect(await owner.getByRole('link', { name: words.link }).count()).toBe(0);
});

it('lists mails, newest first, with the mark of what carried them', async () => {
  const page = await visitors.arrive();
  const email = `marked.${process.pid}@journeys.example`;
  await bookByApi(page, {}, { name: 'Ama Marked', email });
  await readMail(page, email, /Open Days/);
  await page.goto('/local/mailbox');
  const entry = page.locator('.mails li').filter({ hasText: email });
  expect(await entry.locator('.channel').textContent()).toBe(local.mailbox.channels.email);
});

const endpoint = 'https://updates.push.services.mozilla.com/wpush/v2/journey';

/** No push service is within reach of a test, so the browser is given a subscription it did not have to ask for. */
const subscribeWithoutService = `{
  let kept = null;
  const keys = { p256dh: 'B'.padEnd(87, 'A'), auth: 'A'.repeat(22) };
  const subscription = {
    toJSON: () => ({ endpoint: '${endpoint}', keys }),
    unsubscribe: async () => (kept = null),
  };
  PushManager.prototype.getSubscription = async () => kept;
  PushManager.prototype.subscribe = async () => (kept = subscription);
}`;

const shownNotes = `navigator.serviceWorker.ready.then(async (registration) =>
  (await registration.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag })))`;

/** What a push service would hand the browser, handed to it directly. */
async function pushDoor(page: Page): Promise<(note: object) => Promise<unknown>> {
  const devtools: CDPSession = await page.context().newCDPSession(page);
  const registered = new Promise<string>((found) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations;
      if (first !== undefined) found(first.registrationId);
    });
  });
  await devtools.send('ServiceWorker.enable');
  const registrationId = await registered;
  return (note) => {
    const data = JSON.stringify(note);
    return devtools.send('ServiceWorker.deliverPushMessage', { origin: inject('serverUrl'), registrationId, data });
  };
}

it('turns notices on for a browser that asks, shows what is pushed to it, and turns them off again', async () => {
  const page = await visitors.arrive();
  await page.context().grantPermissions(['notifications'], { origin: inject('serverUrl') });
  await page.addInitScript(subscribeWithoutService);
  await signInQuickly(page, 'per_demo_customer');
  await page.goto('/local/mailbox');
  const section = page.getByRole('region', { name: switchWords.title });
  await section.getByText(switchWords.isOff).waitFor();
  const told = page.waitForResponse((response) => response.url().endsWith(pathTo('accountPush')));
  await section.getByRole('button', { name: switchWords.turnOn }).click();
  expect((await told).status()).toBe(204);
  await section.getByText(switchWords.isOn).waitFor();

  const deliver = await pushDoor(page);
  const note = { title: 'A new device signed in', body: 'If that was not you, look.', path: '/wallet', tag: 'one' };
  await deliver(note);
  const shown = () => page.evaluate<object[]>(shownNotes);
  await expect.poll(shown).toEqual([{ title: note.title, body: note.body, tag: 'one' }]);
  // Delivered twice, it is one.
  await deliver(note);
  await expect.poll(shown).toHaveLength(1);

  await section.getByRole('button', { name: switchWords.turnOff }).click();
  await section.getByText(switchWords.isOff).waitFor();
});
