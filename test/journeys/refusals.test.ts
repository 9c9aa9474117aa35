import { expect, it } from 'vitest';
import { useVisitors } from '#test/support/journey-browser.ts';
import { bookByApi, openDays, signInQuickly } from '#test/support/journey-steps.ts';
import { problemOf } from '#workers/ui/messages/problems.ts';
import { messages } from '#workers/ui/messages/en.ts';
import { pathTo } from '#workers/routes.ts';

const visitors = useVisitors();

/** Opens an address that is refused; answers what the page says. */
async function refused(page: Awaited<ReturnType<typeof visitors.arrive>>, path: string) {
  const response = await page.goto(path);
  const title = await page.getByRole('heading', { level: 1 }).textContent();
  const detail = (await page.locator('main').textContent()) ?? '';
  expect(await page.locator('main').getByRole('link').count()).toBeGreaterThan(0);
  const query = new URL(page.url()).search;
  return { path, query, status: response?.status(), title, detail };
}

// PRD 14.1: what went wrong, and what to do next.
it('says that an address leads nowhere, and where to go instead', async () => {
  const page = await visitors.arrive({ screen: 'desktop' });
  const { title } = problemOf({ code: 'not_found' });
  expect(await refused(page, '/nothing/here')).toMatchObject({ status: 404, title });
  await page.locator('main').getByRole('link').first().click();
  await page.getByRole('heading', { level: 1, name: messages.storefront.catalogue.title }).waitFor();
  expect(await refused(page, pathTo('event', { slug: 'no-such-event' }))).toMatchObject({ status: 404, title });
});

it('asks to choose when nothing, or nonsense, was chosen', async () => {
  const page = await visitors.arrive();
  const checkout = pathTo('checkout', { slug: openDays.slug });
  const { status, title } = problemOf({ code: 'quantity_invalid' });
  for (const query of ['', '?q_community-entry=lots', '?q_community-entry=-1', '?q_community-entry=1.5']) {
    expect(await refused(page, checkout + query)).toMatchObject({ query, status, title });
  }
  const unknown = problemOf({ code: 'ticket_type_unknown' });
  const answer = await refused(page, `${checkout}?q_backstage=1`);
  expect(answer).toMatchObject({ status: unknown.status, title: unknown.title });
  await page.getByRole('link', { name: messages.storefront.checkout.back }).click();
  await page.getByRole('heading', { level: 1, name: /Open Days/ }).waitFor();
});

it("shows nobody else's order, nor whether there is one", async () => {
  const owner = await visitors.arrive();
  const { orderId, tickets } = await bookByApi(owner);
  const stranger = await visitors.arrive();
  const theirs = await refused(stranger, pathTo('order', { orderId }));
  const noOne = await refused(stranger, pathTo('order', { orderId: 'ord_eur01_00000000000000000000000000' }));
  expect({ ...theirs, path: noOne.path }).toEqual(noOne);
  expect(theirs).toMatchObject({ status: 404 });
  const ticketId = tickets[0]?.ticketId ?? '';
  expect(await refused(stranger, pathTo('ticket', { orderId, ticketId }))).toMatchObject({ status: 404 });
});

it('keeps the gate for those who stand at it', async () => {
  const page = await visitors.arrive();
  const signIn = problemOf({ code: 'sign_in_required' });
  const gatePages = [pathTo('gate'), pathTo('gateEvent', { slug: openDays.slug })];
  for (const path of gatePages) {
    expect(await refused(page, path)).toMatchObject({ path, status: 401, title: signIn.title });
  }
  await page.locator('main').getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: messages.signIn.title }).waitFor();

  await signInQuickly(page, 'per_demo_customer');
  const notYours = problemOf({ code: 'not_permitted' });
  for (const path of gatePages) {
    expect(await refused(page, path)).toMatchObject({ path, status: 403, title: notYours.title });
  }
});
