import type { Page } from 'playwright-core';
import { messages } from '#workers/ui/messages/en.ts';
import { pathTo } from '#workers/routes.ts';
import { bookByApi, newPerson, signInQuickly } from './journey-steps.ts';

type Open = (page: Page) => Promise<unknown>;

const words = messages.account;

async function asCustomer(page: Page, path: string): Promise<void> {
  await bookByApi(page, { quantity: 2 }, { name: 'Amara Bellingham', email: 'amara@visitors.example' });
  await signInQuickly(page, 'per_demo_customer');
  await page.goto(path);
  // The page that checks the browser goes on by itself.
  await page.getByRole('navigation', { name: words.navigation }).waitFor();
  // It may be naming its key just now: a form sent in that instant is asked for the key first, and then written anew.
  await page.waitForLoadState('networkidle');
}

/** What is kept of somebody, by the name its pictures are kept under. */
export const accountPages: Readonly<Record<string, Open>> = {
  account: (page) => asCustomer(page, pathTo('account')),
  profile: (page) => asCustomer(page, pathTo('accountProfile')),
  'profile-refused': async (page) => {
    await asCustomer(page, pathTo('accountProfile'));
    await page.getByLabel(words.profile.name, { exact: true }).fill('Ama\u202E');
    await page.getByRole('button', { name: words.profile.save }).click();
    await page.getByText(words.profile.nameError).waitFor();
  },
  'profile-email': (page) => asCustomer(page, pathTo('accountAddress', { what: 'email' })),
  'profile-phone': (page) => asCustomer(page, pathTo('accountAddress', { what: 'phone' })),
  'account-data': (page) => asCustomer(page, pathTo('accountData')),
  'account-erase': async (page) => {
    await asCustomer(page, pathTo('accountErase'));
    await page.getByLabel(words.erase.confirm(words.erase.word)).fill('erase');
    await page.getByRole('button', { name: words.erase.button }).click();
    await page.getByText(words.erase.loseError).waitFor();
  },
  'order-keep': async (page) => {
    const { orderId } = await bookByApi(page, {}, { ...newPerson(), name: 'Ama' });
    await page.goto(pathTo('order', { orderId }));
    await page.getByRole('button', { name: words.keep.send }).click();
    await page.getByLabel(words.keep.code).waitFor();
  },
};
