import type { Page } from 'playwright-core';
import { orderReference } from '#shared/ids.ts';
import { local } from '#workers/local/messages.ts';
import type { LaterChoice } from '#workers/local/bank/dispute-moves.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { pathTo } from '#workers/routes.ts';
import { bankButton, expectPaid, goToBank, standing, type AtBank } from './journey-bank.ts';
import { signInQuickly } from './journey-steps.ts';

/** Payments long after, at the bank and in the studio. */

const words = messages.disputes;
const patienceMs = 15_000;

export async function laterAtBank(page: Page, { sessionId }: AtBank, choice: LaterChoice): Promise<void> {
  await page.goto(`/local/bank/${sessionId}`);
  const [name = ''] = local.bank.later.choice[choice];
  await page.getByRole('button', { name, exact: true }).click();
}

export async function buyOne(page: Page): Promise<AtBank> {
  const at = await goToBank(page, standing);
  await bankButton(page, 'approve').click();
  await expectPaid(page, at, 1);
  return at;
}

/** As the platform's keeper, in the list of what banks ask about: it is there a moment after the bank asked. */
export async function findDispute(page: Page, { orderId }: AtBank): Promise<void> {
  await signInQuickly(page, 'per_demo_platform');
  const link = page.getByRole('link', { name: words.order(orderReference(orderId)) });
  const untilMs = Date.now() + patienceMs;
  do await page.goto(pathTo('studioDisputes'));
  while ((await link.count()) === 0 && Date.now() < untilMs);
  await link.waitFor();
}

export async function openEvidence(page: Page, at: AtBank): Promise<void> {
  await findDispute(page, at);
  await page.getByRole('link', { name: words.order(orderReference(at.orderId)) }).click();
  await page.getByRole('heading', { level: 1, name: words.kicker }).waitFor();
}

export const disputePages: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  'bank-later': async (page) => {
    const at = await buyOne(page);
    await page.goto(`/local/bank/${at.sessionId}`);
  },
  'bank-disputed': async (page) => laterAtBank(page, await buyOne(page), 'dispute'),
  'studio-disputes': async (page) => {
    const at = await buyOne(page);
    await laterAtBank(page, at, 'dispute');
    await findDispute(page, at);
  },
  'studio-evidence': async (page) => {
    const at = await buyOne(page);
    await laterAtBank(page, at, 'dispute');
    await openEvidence(page, at);
  },
};
