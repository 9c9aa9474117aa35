import { expect, it } from 'vitest';
import { linkIn } from '#scripts/journey/mailbox.ts';
import { bankButton, expectOrder, goToBank, moneyOf, sendWebhooks, standing } from '#test/support/journey-bank.ts';
import { useVisitors } from '#test/support/journey-browser.ts';
import { orderNow } from '#test/support/journey-objects.ts';
import { newPerson, readMail } from '#test/support/journey-steps.ts';
import { local } from '#workers/local/messages.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { pathTo } from '#workers/routes.ts';

const visitors = useVisitors();

// PRD 14.1/2: the shop hears of the payment from the bank alone, and the buyer of the tickets by mail.
it('pays and closes the laptop: the tickets come by mail, on another device', async () => {
  const laptop = await visitors.arrive({ screen: 'desktop' });
  const person = newPerson();
  const { orderId, sessionId } = await goToBank(laptop, { ...standing, quantity: 2 }, person);
  await bankButton(laptop, 'late').click();
  await laptop.getByRole('heading', { level: 1, name: local.bank.ended.completeTitle }).waitFor();
  await laptop.context().close();
  expect(await orderNow(orderId)).toMatchObject({ state: 'firm', tickets: [] });

  const bank = await visitors.arrive({ screen: 'desktop' });
  await sendWebhooks(bank, sessionId);
  const { text } = await readMail(bank, person.email, /Night Ferry/);

  const phone = await visitors.arrive();
  await phone.goto(linkIn(text, pathTo('orderLink')));
  await phone.getByRole('button', { name: messages.signIn.orderLinkButton }).click();
  await expectOrder(phone, 'completed');
  expect(await phone.getByRole('link', { name: standing.name }).count()).toBe(2);
  await phone.getByRole('link', { name: standing.name }).first().click();
  await phone.getByRole('img', { name: messages.ticket.qrLabel }).waitFor();
  expect(await moneyOf(orderId)).toEqual({ keptMinor: 3_095_000, reservedMinor: 0 });
});
