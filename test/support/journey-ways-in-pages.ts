import type { Page } from 'playwright-core';
import { messages } from '#workers/ui/messages/en.ts';
import { pathTo } from '#workers/routes.ts';
import { askForCode, bookByApi, newPerson, signInQuickly, typeCode } from './journey-steps.ts';

type Open = (page: Page) => Promise<unknown>;

async function signInByCode(page: Page, email = newPerson().email): Promise<void> {
  const { code } = await askForCode(page, email);
  await typeCode(page, code);
  await page.getByRole('heading', { name: messages.security.welcome.title }).waitFor();
}

/** Signing in, and everything about browsers and passkeys, by the name its pictures are kept under. */
export const waysInPages: Readonly<Record<string, Open>> = {
  'sign-in-phone': (page) => page.goto(pathTo('signInPhone')),
  'sign-in-code': (page) => askForCode(page, newPerson().email),
  'sign-in-code-wrong': async (page) => {
    const { code } = await askForCode(page, newPerson().email);
    await typeCode(page, code === '000000' ? '000001' : '000000');
    await page.locator('[aria-invalid]').waitFor();
  },
  'sign-in-welcome': (page) => signInByCode(page),
  security: async (page) => {
    await signInQuickly(page, 'per_demo_customer');
    await page.goto(pathTo('security'));
  },
  prove: async (page) => {
    await signInQuickly(page, 'per_demo_customer');
    await page.goto(pathTo('prove'));
  },
  // Held back: a link opened in a second browser of somebody who holds a ticket.
  'new-browser': async (page) => {
    const person = newPerson();
    await signInByCode(page, person.email);
    await bookByApi(page, {}, person);
    await page.context().clearCookies();
    const { link } = await askForCode(page, person.email);
    await page.goto(link);
    await page.getByRole('button', { name: messages.signIn.linkButton }).click();
    const title = page.getByRole('heading', { level: 1 });
    for (let looks = 0; looks < 20 && (await title.textContent()) !== messages.security.held.newTitle; looks += 1) {
      await page.goto(pathTo('wallet'));
    }
  },
};
