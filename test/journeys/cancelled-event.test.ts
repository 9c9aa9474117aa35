import { expect, it } from 'vitest';
import { orderReference } from '#shared/ids.ts';
import { bankButton, expectPaid, goToBank } from '#test/support/journey-bank.ts';
import { useVisitors } from '#test/support/journey-browser.ts';
import { readMail, newPerson, signInQuickly } from '#test/support/journey-steps.ts';
import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';

const { plans, sellerOrders, storefront } = messages;
// Nobody else's journey leads there.
const weekend = { slug: 'asaase-weekend-accra', typeId: 'weekend' } as const;
const title = 'Asaase Weekend: Accra food and design market';
const visitors = useVisitors();

// Refunds in bulk: an organiser finds an order, cancels the event, and sees everybody paid back.
it('an organiser finds an order, gives one ticket’s money back, then cancels the event and watches everybody paid', async () => {
  const buyers = [newPerson(), newPerson(), newPerson()];
  const page = await visitors.arrive();
  const orderIds: string[] = [];
  for (const person of buyers) {
    const at = await goToBank(page, { ...weekend, quantity: 2 }, person);
    await bankButton(page, 'approve').click();
    await expectPaid(page, at, 2);
    orderIds.push(at.orderId);
  }
  const [orderId = ''] = orderIds;
  const owner = await visitors.arrive({ screen: 'desktop' });
  await signInQuickly(owner, 'per_demo_owner');

  await owner.goto(pathTo('studioOrders'));
  await expect
    .poll(
      async () => {
        await owner.getByLabel(sellerOrders.search).fill(orderReference(orderId));
        await owner.getByRole('button', { name: sellerOrders.submit }).click();
        return owner.getByRole('link', { name: orderReference(orderId) }).count();
      },
      { timeout: 10_000 },
    )
    .toBe(1);
  await owner.getByRole('link', { name: orderReference(orderId) }).click();
  await owner.getByLabel(/how many of 2$/).selectOption('1');
  await owner.getByRole('button', { name: sellerOrders.refund.submit }).click();
  await owner.getByText(sellerOrders.refund.did).waitFor();

  await owner.goto(pathTo('studioPlans', weekend));
  await owner.getByLabel(plans.cancel.confirm(title)).fill('Asaase');
  await owner.getByRole('button', { name: plans.cancel.submit }).click();
  await owner.getByText(plans.cancel.mistyped).waitFor();
  await owner.getByLabel(plans.cancel.confirm(title)).fill(title);
  await owner.getByRole('button', { name: plans.cancel.submit }).click();
  // Its own island tells: nobody reloads.
  await owner.getByText(plans.runs.ended).waitFor({ timeout: 20_000 });
  const all = await owner.locator('#runs [role=status] b').textContent();
  expect(all).toBe(plans.runs.of('3', '3'));

  await page.goto(pathTo('order', { orderId }));
  await page.getByRole('heading', { level: 1, name: storefront.order.changed.cancelledTitle }).waitFor();
  // The page everybody is shown is kept for half a minute.
  const cancelled = async () => {
    await page.goto(pathTo('event', weekend));
    return page.getByText(storefront.event.cancelled).count();
  };
  await expect.poll(cancelled, { timeout: 40_000, interval: 2_000 }).toBe(1);
  const mail = await readMail(page, buyers[1]?.email ?? '', /^Cancelled: /);
  expect(mail.text).toContain('You get');
});
