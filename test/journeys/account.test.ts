import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { useVisitors } from '#test/support/journey-browser.ts';
import { linkIn } from '#scripts/journey/mailbox.ts';
import { askForCode, book, bookByApi, newPerson, openDays, readMail, typeCode } from '#test/support/journey-steps.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.account;
const visitors = useVisitors();

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const stubs = (page: Page) => page.getByRole('link', { name: openDays.entry });

async function typedBesideTickets(page: Page, email: string): Promise<void> {
  await press(page, words.keep.send);
  const { subject } = await readMail(page, email, /sign-in code/);
  await page.getByLabel(words.keep.code).fill(subject.slice(0, 6));
  await press(page, words.keep.confirm);
  await page.getByRole('link', { name: messages.security.welcome.later }).click();
  await page.getByRole('heading', { name: messages.ticket.wallet.title }).waitFor();
}

async function signedIn(page: Page, email: string): Promise<void> {
  await typeCode(page, (await askForCode(page, email)).code);
  await page.getByRole('link', { name: messages.security.welcome.later }).click();
  await page.getByRole('heading', { name: messages.ticket.wallet.title }).waitFor();
}

// PRD 7.1: guests buy, and are invited to an account where their tickets stand, in one step.
it.each([true, false])('keeps a guest’s tickets by a code typed beside them (scripts: %s)', async (javaScript) => {
  const page = await visitors.arrive({ javaScript });
  const person = newPerson();
  await book(page, person);
  await press(page, words.keep.send);
  const field = page.getByLabel(words.keep.code);
  expect(await field.getAttribute('autocomplete')).toBe('one-time-code');
  await field.fill('000000');
  await press(page, words.keep.confirm);
  await page.getByText(words.keep.codeError).waitFor();
  const { subject } = await readMail(page, person.email, /sign-in code/);
  await page.getByLabel(words.keep.code).fill(subject.slice(0, 6));
  await press(page, words.keep.confirm);
  await page.getByRole('link', { name: messages.security.welcome.later }).click();
  await page.getByRole('heading', { name: messages.ticket.wallet.title }).waitFor();
  expect(await stubs(page).count()).toBe(1);

  await page.getByRole('link', { name: messages.site.account, exact: true }).click();
  await page.getByText(words.states.completed).waitFor();
  expect(await page.getByText(words.overview.noRewards).count()).toBe(1);
});

it('asks once: declined, it stays away for that order', async () => {
  const page = await visitors.arrive();
  await book(page, newPerson());
  await press(page, words.keep.dismiss);
  await page.getByRole('heading', { name: messages.storefront.order.completedTitle }).waitFor();
  expect(await page.getByText(words.keep.title).count()).toBe(0);
  await page.reload();
  expect(await page.getByText(words.keep.title).count()).toBe(0);
});

it('keeps an order that came by its link, on every device of whoever added it', async () => {
  const giver = await visitors.arrive();
  const generous = newPerson();
  await bookByApi(giver, { quantity: 2 }, generous);
  const { text } = await readMail(giver, generous.email, /Open Days/);

  const friend = await visitors.arrive();
  const person = newPerson();
  await signedIn(friend, person.email);
  await friend.goto(linkIn(text, pathTo('orderLink')));
  await press(friend, messages.signIn.orderLinkButton);
  await press(friend, words.keep.addAction);
  await friend.getByRole('heading', { name: messages.storefront.order.completedTitle }).waitFor();
  expect(await friend.getByText(words.keep.addTitle).count()).toBe(0);

  const laptop = await visitors.arrive({ screen: 'desktop' });
  await typeCode(laptop, (await askForCode(laptop, person.email)).code);
  await laptop.waitForURL(`**${pathTo('wallet')}`);
  await expect.poll(() => stubs(laptop).count()).toBe(2);
  await stubs(laptop).first().click();
  await laptop.getByRole('img', { name: messages.ticket.qrLabel }).waitFor();
});

// PRD 7.2: the profile.
it('edits a profile: a wrong name is shown again, a right one greets', async () => {
  const page = await visitors.arrive();
  await signedIn(page, newPerson().email);
  await page.goto(pathTo('accountProfile'));
  await page.getByLabel(words.profile.name, { exact: true }).fill('Ama\u202E Mensah');
  await page.getByLabel(words.profile.currency).selectOption('NGN');
  await page.getByLabel(words.contact.choice(words.contact.purposes.news, words.contact.channels.email)).check();
  await press(page, words.profile.save);
  await page.getByText(words.profile.nameError).waitFor();
  expect(await page.getByLabel(words.profile.currency).inputValue()).toBe('NGN');
  await page.getByLabel(words.profile.name, { exact: true }).fill('Ama Mensah');
  await press(page, words.profile.save);
  await page.getByText(words.profile.saved).waitFor();
  expect(
    await page.getByLabel(words.contact.choice(words.contact.purposes.news, words.contact.channels.email)).isChecked(),
  ).toBe(true);
  await page.getByRole('link', { name: words.pages.overview }).click();
  await page.getByRole('heading', { name: words.hello('Ama Mensah') }).waitFor();
});

it('changes the address by a code at the new one, and tells the old one', async () => {
  const page = await visitors.arrive();
  const [before, after] = [newPerson(), newPerson()];
  await signedIn(page, before.email);
  await page.goto(pathTo('accountProfile'));
  await page.getByRole('link', { name: words.profile.changeEmail }).click();
  await page.getByLabel(words.address.emailLabel).fill(after.email);
  await press(page, words.address.send);
  await page.getByRole('heading', { name: messages.signIn.sentTitle }).waitFor();
  const { subject } = await readMail(page, after.email, /^\d{6} /);
  await page.getByLabel(messages.signIn.code, { exact: true }).fill(subject.slice(0, 6));
  await press(page, words.address.confirm);
  await page.getByText(words.profile.saved).waitFor();
  expect(await page.getByText(after.email).count()).toBe(1);
  await readMail(page, before.email, new RegExp(messages.notices.account.address_changed.subject));
});

it('takes a copy of everything, and erases it', async () => {
  const page = await visitors.arrive();
  const person = newPerson('Ama Leaving');
  await book(page, person);
  await typedBesideTickets(page, person.email);
  await page.goto(pathTo('accountData'));
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, words.data.exportButton)]);
  const copy = readFileSync(await download.path(), 'utf8');
  expect(download.suggestedFilename()).toMatch(/\.json$/);
  for (const held of [person.email, person.name, openDays.entry]) expect(copy).toContain(held);

  await page.getByRole('link', { name: words.data.eraseLink }).click();
  await page.getByText(words.erase.upcoming).waitFor();
  await page.getByLabel(words.erase.confirm(words.erase.word)).fill(words.erase.word);
  await press(page, words.erase.button);
  await page.getByText(words.erase.loseError).waitFor();
  await page.getByLabel(words.erase.loseTickets).check();
  await press(page, words.erase.button);
  await page.getByRole('heading', { name: words.erased.title }).waitFor();
  await readMail(page, person.email, new RegExp(messages.notices.account.account_erased.subject));
  await page.goto(pathTo('wallet'));
  await page.getByText(messages.ticket.wallet.empty).waitFor();
  expect(await stubs(page).count()).toBe(0);
});
