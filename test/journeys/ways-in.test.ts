import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { useVisitors } from '#test/support/journey-browser.ts';
import { openGate, scan, steward, ticketInHand } from '#test/support/journey-gate.ts';
import { askForCode, bookByApi, newPerson, readMail, signInQuickly, typeCode } from '#test/support/journey-steps.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.security;
const visitors = useVisitors();

/** An authenticator in the phone itself, with a finger on it. */
async function withAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });

/** The browser has shown its key: from here on the session stays in it. */
async function waitForKey(page: Page): Promise<void> {
  const names = async () => (await page.context().cookies()).map(({ name }) => name);
  await expect.poll(names).toContain('__Host-bound');
}

// PRD 7.3: email one-time code.
it.each([true, false])(
  'signs in by the code in the mail and lands where it was going (scripts: %s)',
  async (javaScript) => {
    const page = await visitors.arrive({ javaScript });
    const { email } = newPerson();
    await page.goto(`${pathTo('signIn')}?next=${pathTo('security')}`);
    await page.getByLabel(messages.signIn.email).fill(email);
    await page.getByRole('button', { name: messages.signIn.send }).click();
    const field = page.getByLabel(messages.signIn.code, { exact: true });
    expect(await field.getAttribute('autocomplete')).toBe('one-time-code');
    expect(await field.getAttribute('inputmode')).toBe('numeric');
    expect(await page.getByText(email).count()).toBe(1);
    await page.goto('/local/mailbox');
    const subject = await page.locator('li', { hasText: email }).getByRole('link').textContent();
    await page.goBack();
    await typeCode(page, subject?.slice(0, 6) ?? '');
    await page.getByRole('link', { name: words.welcome.later }).click();
    await heading(page, words.title).waitFor();
    expect(new URL(page.url()).pathname).toBe(pathTo('security'));
  },
);

// PRD 7.3: SMS one-time code.
it('signs in by the code in a text message', async () => {
  const page = await visitors.arrive();
  const number = `+447700${String(process.pid).padStart(6, '0').slice(-6)}`;
  await page.goto(pathTo('signIn'));
  await page.getByRole('link', { name: messages.signIn.byPhone }).click();
  await page.getByLabel(messages.signIn.phone).fill(number.replace('+44', '0'));
  await page.getByRole('button', { name: messages.signIn.sendText }).click();
  await heading(page, messages.signIn.sentTitle).waitFor();
  const { text } = await readMail(page, number, /./);
  await typeCode(page, /\d{6}/.exec(text)?.[0] ?? '');
  await page.getByRole('link', { name: words.welcome.later }).click();
  await heading(page, messages.ticket.wallet.title).waitFor();
  await page.goto(pathTo('security'));
  expect(await page.getByText(words.method.sms_code).count()).toBe(1);
});

// PRD 7.3: the biometric option is a passkey with user verification.
it('makes a passkey by one tap after the first sign-in, and signs in with it by another', async () => {
  const page = await visitors.arrive();
  await withAuthenticator(page);
  const { code } = await askForCode(page, newPerson().email);
  await typeCode(page, code);
  await page.getByRole('button', { name: words.welcome.add }).click();
  await heading(page, messages.ticket.wallet.title).waitFor();
  await page.getByRole('button', { name: messages.site.signOut }).click();
  await page.waitForURL(`**${pathTo('home')}`);

  // With a finger on it all the time, the address field's own list would sign in before the button is pressed.
  await page.addInitScript('PublicKeyCredential.isConditionalMediationAvailable = async () => false;');
  await page.goto(`${pathTo('signIn')}?next=${pathTo('security')}`);
  await page.getByRole('button', { name: messages.signIn.byPasskey }).click();
  await heading(page, words.title).waitFor();
  await page.getByText(words.passkeys.bound).waitFor();

  await page.getByRole('button', { name: /^Remove / }).click();
  await page.getByText(words.passkeys.none).waitFor();
  expect(await page.getByRole('button', { name: /^Remove / }).count()).toBe(0);
});

it('offers the passkey in the address field’s own list', async () => {
  const page = await visitors.arrive();
  await withAuthenticator(page);
  const { code } = await askForCode(page, newPerson().email);
  await typeCode(page, code);
  await page.getByRole('button', { name: words.welcome.add }).click();
  await heading(page, messages.ticket.wallet.title).waitFor();
  await page.getByRole('button', { name: messages.site.signOut }).click();
  await page.waitForURL(`**${pathTo('home')}`);
  await page.goto(`${pathTo('signIn')}?next=${pathTo('security')}`);
  await heading(page, words.title).waitFor();
  expect(await page.getByText(words.method.passkey).count()).toBe(1);
});

it('adds a passkey on the security page too', async () => {
  const page = await visitors.arrive({ screen: 'desktop' });
  await withAuthenticator(page);
  await signInQuickly(page, 'per_demo_customer');
  await page.getByRole('button', { name: words.passkeys.add }).click();
  await page.getByRole('button', { name: /^Remove / }).click();
  await page.getByText(words.passkeys.none).waitFor();
  expect(await page.getByRole('button', { name: /^Remove / }).count()).toBe(0);
});

// PRD 15.2: a session copied to another machine opens nothing there.
it('keeps a steward’s session in the browser it was made in', async () => {
  const kit = await visitors.arrive();
  await signInQuickly(kit, steward.id);
  await openGate(kit);
  const stolen = (await kit.context().cookies()).filter(({ name }) => name !== '__Host-bound');
  const thief = await visitors.arrive();
  await thief.context().addCookies(stolen);
  await thief.goto(pathTo('gate'));
  await heading(thief, words.prove.title).waitFor();
  // The address the code goes to is not told to whoever holds the cookie.
  expect(await thief.getByText('kit@stewards.example').count()).toBe(0);
  await openGate(kit);
});

it('goes on scanning when the proof runs out at the gate', async () => {
  const { code } = await ticketInHand(await visitors.arrive());
  const kit = await visitors.arrive();
  await signInQuickly(kit, steward.id);
  await openGate(kit);
  await kit.context().clearCookies({ name: '__Host-bound' });
  expect(await scan(kit, code)).toMatchObject({ outcome: 'grant' });
});

it('shows its key again by itself once the proof has run out, without a word', async () => {
  const kit = await visitors.arrive();
  await signInQuickly(kit, steward.id);
  await kit.context().clearCookies({ name: '__Host-bound' });
  await kit.goto(pathTo('gate'));
  await heading(kit, messages.gate.list.title).waitFor();
  await waitForKey(kit);
  expect(new URL(kit.url()).pathname).toBe(pathTo('gate'));
});

it('opens the gates to a browser without scripts for an hour, by a press', async () => {
  const kit = await visitors.arrive({ javaScript: false });
  await signInQuickly(kit, steward.id);
  await openGate(kit);
  expect((await kit.context().cookies()).map(({ name }) => name)).not.toContain('__Host-bound');
});

// PRD 7.3: device verification.
it('lets a new browser wait until an old one says that it is theirs', async () => {
  const person = newPerson();
  const old = await visitors.arrive();
  const { code } = await askForCode(old, person.email);
  await typeCode(old, code);
  await old.getByRole('link', { name: words.welcome.later }).click();
  await heading(old, messages.ticket.wallet.title).waitFor();
  await waitForKey(old);
  await bookByApi(old, {}, person);
  const ticket = old.getByRole('link', { name: /Community entry/ });
  await expect.poll(async () => (await old.goto(pathTo('wallet'))) && ticket.count()).toBe(1);

  const fresh = await visitors.arrive({ screen: 'desktop' });
  const { link } = await askForCode(fresh, person.email);
  await fresh.goto(link);
  await fresh.getByRole('button', { name: messages.signIn.linkButton }).click();
  await heading(fresh, words.held.newTitle).waitFor();

  await old.goto(pathTo('security'));
  await old.getByRole('button', { name: /^It is me: confirm / }).click();
  await fresh.goto(pathTo('wallet'));
  await fresh.getByRole('link', { name: /Community entry/ }).waitFor();
});
